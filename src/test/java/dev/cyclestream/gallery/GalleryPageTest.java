package dev.cyclestream.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.gallery.GalleryPage.Card;
import dev.cyclestream.gallery.GalleryPage.Frame;
import dev.cyclestream.image.ImageEncoder;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.format.ImageDecoder;
import dev.cyclestream.picture.Picture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GalleryPageTest {

    @TempDir
    private Path folder;

    @Test
    void whatStrangersChoseIsEscaped() throws IOException {
        String hostile = "<script>alert('x')</script>\"";
        String html = html(new GalleryPage(hostile, "lead")
                .card(new Card(hostile, hostile, List.of(Frame.linked(hostile, "a \"b\"/#1?.png", Path.of("gone"))))));
        assertThat(html).doesNotContain("<script>alert").contains("&lt;script&gt;alert");
        assertThat(html).contains("src=\"./a%20%22b%22/%231%3F.png\"");
    }

    @Test
    void nameTurnsNothingAroundIt() throws IOException {
        String html = html(new GalleryPage("a\u202eb\u2028c\u001b", "lead\u009b")
                .card(new Card("cat\u202egnp.exe", "d\u2066e\nf", List.of()))
                .card(new Card("\u06cc\u200c\u06cc \ud83d\udc68\u200d\ud83d\udc69", "", List.of())));
        assertThat(html)
                .contains("cat\\u202egnp.exe", "a\\u202eb\\u2028c\\u001b", "lead\\u009b", "d\\u2066e\\nf")
                .contains("\u06cc\u200c\u06cc \ud83d\udc68\u200d\ud83d\udc69");
    }

    @Test
    void titleThatLooksLikeAPlaceIsNotFilled() throws IOException {
        String title = "{{facts}} ${gallery.lead()} @template.style()";
        assertThat(html(new GalleryPage(title, "lead").fact("3", "images")))
                .contains("<title>" + title + "</title>", "<h1>" + title + "</h1>");
    }

    @Test
    void pageLoadsNothingFromElsewhere() throws IOException {
        String html = html(new GalleryPage("title", "lead")
                .fact("3", "images")
                .card(new Card("id", "", List.of(Frame.embedded("input", encoded(ImageFormat.PNG))))));
        String png = Base64.getEncoder().encodeToString(encoded(ImageFormat.PNG));
        assertThat(html).contains("data:image/png;base64," + png + "\"", "<b>3</b> images");
        assertThat(html).doesNotContain("http://", "https://", "{{");
    }

    @Test
    void whatIsBeyondTheMostCardsIsCounted() throws IOException {
        GalleryPage page = new GalleryPage("title", "lead");
        for (int index = 0; index < 2003; index++) {
            page.card(new Card("id-" + index, "", List.of()));
        }
        assertThat(html(page)).contains("id-1999", "and 3 more").doesNotContain("id-2000");
    }

    @Test
    void tiffIsShownAsABrowserDrawsIt() throws IOException {
        Path scan = Files.write(folder.resolve("scan.tif"), encoded(ImageFormat.TIFF));
        Path damaged = Files.write(folder.resolve("damaged.tif"), "II*\0 and no more".getBytes(StandardCharsets.UTF_8));
        Path photo = Files.write(folder.resolve("photo.jpg"), encoded(ImageFormat.JPEG));
        Frame embedded = Frame.embedded("embedded", encoded(ImageFormat.TIFF));
        assertThat(drawn(embedded)).startsWith("data:image/jpeg;base64,");
        String linked = drawn(Frame.linked("scan", "scan.tif", scan));
        assertThat(linked).startsWith("data:image/jpeg;base64,");
        byte[] shown = Base64.getDecoder().decode(linked.substring(linked.indexOf(',') + 1));
        Picture pixels = new ImageDecoder(ImageLimits.DEFAULT).decode(shown).color();
        assertThat(pixels.largestDifference(picture())).isLessThan(8);
        assertThat(drawn(Frame.linked("damaged", "damaged.tif", damaged))).isEqualTo("./damaged.tif");
        assertThat(drawn(Frame.linked("photo", "photo.jpg", photo))).isEqualTo("./photo.jpg");
    }

    private String drawn(Frame frame) throws IOException {
        String html = html(new GalleryPage("title", "lead").card(new Card("id", "", List.of(frame))));
        return html.replaceFirst("(?s).*<img [^>]*src=\"([^\"]*)\".*", "$1");
    }

    private static byte[] encoded(ImageFormat format) {
        return new ImageEncoder(1).encode(picture(), format).toBytes();
    }

    private static Picture picture() {
        byte[] samples = new byte[24 * 32 * Picture.CHANNELS];
        for (int index = 0; index < samples.length; index++) {
            samples[index] = (byte) (index / 12); // smooth, as JPEG likes it
        }
        return new Picture(32, 24, samples);
    }

    private String html(GalleryPage page) throws IOException {
        Path file = folder.resolve("deep/index.html");
        page.write(file);
        return Files.readString(file);
    }
}
