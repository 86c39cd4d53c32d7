package dev.cyclestream.image.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cyclestream.image.DecodedImage;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.ImageRejectedException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that were once read wrongly, each against what libwebp, libpng, libjpeg and littleCMS see in it. */
class FaultsTest {

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

    @ParameterizedTest
    @CsvSource({
        "webp-lossy-green/blocks.webp, 2",
        "webp-lossy-green/wide.webp, 2",
        "webp-animation-offset/partial.webp, 1",
        "webp-broken-icc/bad-tag.webp, 1",
        "webp-broken-icc/cut-profile.webp, 1",
        "webp-broken-icc/bad-tag.jpg, 2",
        "grey-profile/linear.png, 2",
        "grey-profile/gamma18.jpg, 2",
        "jpeg-16bit-tables/q3.jpg, 3",
        "jpeg-fill-bytes-exif/fill.jpg, 2",
        "jpeg-fill-bytes-exif/fill2.jpg, 2",
        "jpeg-no-eoi/no-eoi.jpg, 2",
        "jpeg-no-eoi/trailer.jpg, 2",
        "png-grey-trns/grey2.png, 0.1",
        "png-grey-trns/grey4.png, 0.1",
        "png-grey-trns/grey8.png, 0.1",
        "siblings/long.jpg, 2",
        "siblings/be-long.jpg, 2",
        "siblings/long.webp, 1",
        "siblings/prefix-long.webp, 1",
        "siblings/raw-exif-z.png, 0.1",
        "siblings/raw-exif-t.png, 0.1",
        "siblings/exif-behind.png, 0.1",
        "siblings/grey-icc.webp, 1",
        "siblings/la-icc.png, 1",
        "siblings/bilevel-icc.png, 1",
        "siblings/palette-icc.png, 1",
        "siblings/rgb-icc.webp, 1",
        "siblings/rgba-icc.png, 1",
        "siblings/rgb-trns.png, 0.1",
        "siblings/prog-noeoi.jpg, 2"
    })
    void isSeenAsOthersSeeIt(String file, double mean) throws IOException {
        DecodedImage found = decoder.decode(read(file));
        DecodedImage expected = decoder.decode(read(file.replace("/", "/expected-") + ".png"));
        assertThat(found.color().toString()).isEqualTo(expected.color().toString());
        assertThat(meanDifference(found.color().samples(), expected.color().samples()))
                .isLessThan(mean);
        assertThat(found.alpha()).isEqualTo(expected.alpha());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void exifInInternationalTextOfPngTurnsThePicture(boolean compressed) throws IOException {
        byte[] png = read("siblings/raw-exif-t.png");
        ByteBuffer file = ByteBuffer.wrap(png);
        int begin = new String(png, StandardCharsets.ISO_8859_1).indexOf("tEXt") - 4;
        int length = file.getInt(begin);
        String text = new String(png, begin + 8, length, StandardCharsets.ISO_8859_1);
        int zero = text.indexOf('\0');
        byte[] value = text.substring(zero + 1).getBytes(StandardCharsets.ISO_8859_1);
        byte[] packed = compressed ? deflated(value) : value;
        String head = text.substring(0, zero) + (compressed ? "\0\1\0" : "\0\0\0") + "en\0profile\0";
        ByteBuffer changed = ByteBuffer.allocate(png.length + 100);
        changed.put(png, 0, begin).putInt(head.length() + packed.length);
        changed.put(("iTXt" + head).getBytes(StandardCharsets.ISO_8859_1)).put(packed);
        changed.putInt(0); // the checksum, which nobody looks at in text
        changed.put(png, begin + 12 + length, png.length - begin - 12 - length);
        byte[] whole = Arrays.copyOf(changed.array(), changed.position());
        assertThat(decoder.decode(whole)).isEqualTo(decoder.decode(png));
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater();
        deflater.setInput(bytes);
        deflater.finish();
        byte[] packed = new byte[bytes.length + 20];
        int length = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, length);
    }

    @Test
    void profileThatClaimsTwoGibibytesIsAsGoodAsNone() throws IOException {
        DecodedImage poison = decoder.decode(read("jpeg-icc-claims-2gib/poison.jpg"));
        DecodedImage good = decoder.decode(read("jpeg-icc-claims-2gib/good.jpg"));
        assertThat(poison.color().toString()).isEqualTo(good.color().toString());
    }

    @Test
    void progressiveJpegWithoutItsLastScansIsDamaged() throws IOException {
        assertRejected(read("siblings/prog-cut-scan.jpg"), Reason.DAMAGED_IMAGE);
    }

    @Test
    void profileThatUnpacksToHundredsOfMegabytesIsAsGoodAsNone() throws IOException {
        assertThat(decoder.decode(read("siblings/bomb.png")).color().width()).isEqualTo(64);
    }

    @Test
    void losslessWebpThatIsCutOffIsDamaged() throws IOException {
        assertRejected(read("webp-lossless-cut-off/half.webp"), Reason.DAMAGED_IMAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"webp-lossy-green/blocks.webp", "webp-animation-offset/partial.webp"})
    void webpThatIsCutOffAndMendedOutsideIsDamaged(String name) throws IOException {
        byte[] whole = read(name);
        byte[] cut = Arrays.copyOf(whole, whole.length * 3 / 4 & ~1);
        ByteBuffer.wrap(cut).order(ByteOrder.LITTLE_ENDIAN).putInt(4, cut.length - 8);
        assertRejected(cut, Reason.DAMAGED_IMAGE);
    }

    @ParameterizedTest
    @CsvSource({
        "0000001866747970686569630000000068656963, 'HEIC, the format of iPhones'",
        "00000018667479706D69663100000000686569636D696631, 'HEIC, the format of iPhones'",
        "00000018667479706D6966310000000061766966, AVIF",
        "000000206674797061766966000000006D696631, AVIF",
        "00000018667479706372782000000001, camera raw",
        "46554A4946494C4D4343442D52415720, camera raw",
        "000000146674797071742020, video",
        "1A45DFA39F4286810142, video",
        "FF0AFA1F019108060100, JPEG XL",
        "0000000C4A584C200D0A870A, JPEG XL",
        "0000000C6A5020200D0A870A, JPEG 2000",
        "FF4FFF51002F0000, JPEG 2000",
        "384250530001, 'PSD, the format of Photoshop'",
        "00000100010010100000, ICO",
        "00000200010010100000, CUR",
        "3C73766720786D6C6E733D22, SVG",
        "3C3F786D6C2076657273696F6E3D22312E30223F3E0A3C73766720, SVG",
        "255044462D312E37, PDF",
        "252150532D41646F62652D, PostScript",
        "50360A3634203438, Netpbm",
        "0000020000000000000000004000300018, TGA",
        "444453207C000000, 'DDS, textures of games'",
        "762F310102000000, OpenEXR",
        "425047FB2000, BPG",
        "464C49463331, FLIF",
        "716F696600000040, QOI"
    })
    void otherKindsAreNamed(String beginning, String title) {
        byte[] file = Arrays.copyOf(HexFormat.of().parseHex(beginning), 200);
        ImageRejectedException rejected =
                catchThrowableOfType(ImageRejectedException.class, () -> decoder.decode(file));
        assertThat(rejected.reason()).isEqualTo(Reason.UNSUPPORTED_IMAGE);
        assertThat(rejected).hasMessage("the image is of a kind that is not read: " + title);
    }

    @ParameterizedTest
    @CsvSource({"F7, JPEG-LS", "C9, JPEG with arithmetic coding", "C5, hierarchical JPEG"})
    void otherProcessesOfJpegAreNamed(String frame, String title) throws IOException {
        byte[] jpeg = read("jpeg-icc-claims-2gib/good.jpg");
        int at = 0;
        while (jpeg[at] != (byte) 0xFF || jpeg[at + 1] != (byte) 0xC0) {
            at++;
        }
        jpeg[at + 1] = (byte) Integer.parseInt(frame, 16);
        assertThatThrownBy(() -> decoder.decode(jpeg)).hasMessage("the image is of a kind that is not read: " + title);
    }

    @Test
    void pngOfXcodeIsNamed() throws IOException {
        byte[] png = read("reason-unsupported/iphone.png");
        assertThatThrownBy(() -> decoder.decode(png))
                .hasMessage("the image is of a kind that is not read: PNG as Xcode rewrites it for iPhone apps (CgBI)");
    }

    private void assertRejected(byte[] file, Reason reason) {
        ImageRejectedException rejected =
                catchThrowableOfType(ImageRejectedException.class, () -> decoder.decode(file));
        assertThat(rejected).isNotNull();
        assertThat(rejected.reason()).as(rejected.getMessage()).isEqualTo(reason);
    }

    private static double meanDifference(ByteBuffer found, ByteBuffer expected) {
        long sum = 0;
        for (int i = 0; i < found.limit(); i++) {
            sum += Math.abs((found.get(i) & 0xFF) - (expected.get(i) & 0xFF));
        }
        return sum / (double) found.limit();
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream input = FaultsTest.class.getResourceAsStream("/faults/" + name)) {
            return input.readAllBytes();
        }
    }
}
