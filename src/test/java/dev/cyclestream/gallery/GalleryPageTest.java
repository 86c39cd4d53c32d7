package dev.cyclestream.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.gallery.GalleryPage.Card;
import dev.cyclestream.gallery.GalleryPage.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
                .card(new Card(hostile, hostile, List.of(Frame.linked(hostile, "a \"b\"/#1?.png")))));
        assertThat(html).doesNotContain("<script>");
        assertThat(html).contains("src=\"./a%20%22b%22/%231%3F.png\"");
    }

    @Test
    void pageLoadsNothingFromElsewhere() throws IOException {
        String html = html(new GalleryPage("title", "lead")
                .fact("3", "images")
                .card(new Card("id", "", List.of(Frame.embedded("input", "image/png", new byte[] {1, 2, 3})))));
        assertThat(html).contains("data:image/png;base64,AQID", "<b>3</b> images");
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

    private String html(GalleryPage page) throws IOException {
        Path file = folder.resolve("deep/index.html");
        page.write(file);
        return Files.readString(file);
    }
}
