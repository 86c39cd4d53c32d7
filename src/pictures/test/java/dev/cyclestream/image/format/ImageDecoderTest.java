package dev.cyclestream.image.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.ImageRejectedException.Reason;
import dev.cyclestream.picture.Picture;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {

    private static final int SIDE = 20;

    private final ImageDecoder decoder = new ImageDecoder(new ImageLimits(100_000, 10_000, Duration.ofSeconds(10)));

    @Test
    void colorsOfPngAreExact() throws IOException {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        image.setRGB(3, 4, 0x0A64C8);
        assertPixel(decoder.decode(encode(image, "png")).color(), 3, 4, 0x0A, 0x64, 0xC8);
    }

    @Test
    void greyIsNotBrightened() throws IOException {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(3, 4, 0, 100);
        assertPixel(decoder.decode(encode(image, "png")).color(), 3, 4, 100, 100, 100);
    }

    @Test
    void greyJpegIsGrey() throws IOException {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSamples(0, 0, SIDE, SIDE, 0, filled(100));
        assertPixel(decoder.decode(encode(image, "jpeg")).color(), 3, 4, 100, 100, 100);
    }

    @Test
    void sixteenBitsBecomeEight() throws IOException {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setSample(3, 4, 0, 200 * 257);
        assertPixel(decoder.decode(encode(image, "png")).color(), 3, 4, 200, 200, 200);
    }

    @Test
    void paletteIsLookedUp() throws IOException {
        byte[] values = {0, 10, (byte) 200};
        IndexColorModel palette = new IndexColorModel(2, 3, values, values, new byte[] {0, 20, 30});
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_BINARY, palette);
        image.getRaster().setSample(3, 4, 0, 2);
        assertPixel(decoder.decode(encode(image, "png")).color(), 3, 4, 200, 200, 30);
    }

    @Test
    void alphaIsLaidOnWhite() throws IOException {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(3, 4, 0x80000000);
        Picture decoded = decoder.decode(encode(image, "png")).color();
        assertPixel(decoded, 0, 0, 255, 255, 255);
        assertPixel(decoded, 3, 4, 127, 127, 127);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "these bytes are no image", "GIF88a"})
    void otherBytesAreNoImage(String text) {
        assertRejected(text.getBytes(StandardCharsets.UTF_8), Reason.NOT_AN_IMAGE);
    }

    @Test
    void messageSaysWhatWasFound() {
        assertThatThrownBy(() -> decoder.decode(new byte[] {1, 2, 3}))
                .hasMessage("expected PNG, JPEG, WebP, GIF, BMP or TIFF, found 3 bytes that begin with 01 02 03");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.3, 0.5, 0.7, 0.9, 0.97})
    void jpegThatIsCutOffIsDamaged(double part) throws IOException {
        byte[] whole = encode(noise(), "jpeg");
        assertRejected(Arrays.copyOf(whole, (int) (whole.length * part)), Reason.DAMAGED_IMAGE);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.1, 0.5, 0.9, 0.97})
    void pngThatIsCutOffIsDamaged(double part) throws IOException {
        byte[] whole = encode(noise(), "png");
        assertRejected(Arrays.copyOf(whole, (int) (whole.length * part)), Reason.DAMAGED_IMAGE);
    }

    @Test
    void hugeClaimIsRefusedFromTheHeader() {
        assertRejected(TestPng.header(30_000, 30_000), Reason.IMAGE_TOO_LARGE);
    }

    @Test
    void tooManyBytesAreRefused() {
        assertRejected(new byte[100_001], Reason.IMAGE_TOO_LARGE);
    }

    @Test
    void anyBytesBehindASignatureAreDecodedOrRejected() {
        for (int seed = 0; seed < 500; seed++) {
            byte[] bytes = TestPng.header(32, 32);
            byte[] hostile = Arrays.copyOf(bytes, bytes.length + 60);
            java.util.Random random = new java.util.Random(seed);
            for (int i = 8 + random.nextInt(20); i < hostile.length; i++) {
                hostile[i] = (byte) random.nextInt();
            }
            assertThat(catchThrowableOfType(ImageRejectedException.class, () -> decoder.decode(hostile)))
                    .as("seed %d", seed)
                    .isNotNull();
        }
    }

    private void assertRejected(byte[] bytes, Reason reason) {
        ImageRejectedException rejected =
                catchThrowableOfType(ImageRejectedException.class, () -> decoder.decode(bytes));
        assertThat(rejected).isNotNull();
        assertThat(rejected.reason()).as(rejected.getMessage()).isEqualTo(reason);
    }

    private static void assertPixel(Picture image, int x, int y, int red, int green, int blue) {
        ByteBuffer samples = image.samples();
        int first = (y * image.width() + x) * Picture.CHANNELS;
        int[] found = {samples.get(first) & 0xFF, samples.get(first + 1) & 0xFF, samples.get(first + 2) & 0xFF};
        assertThat(found).containsExactly(red, green, blue);
    }

    private static byte[] encode(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        return bytes.toByteArray();
    }

    private static BufferedImage noise() {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        java.util.Random random = new java.util.Random(1);
        for (int i = 0; i < 64 * 64; i++) {
            image.setRGB(i % 64, i / 64, random.nextInt());
        }
        return image;
    }

    private static int[] filled(int value) {
        int[] samples = new int[SIDE * SIDE];
        Arrays.fill(samples, value);
        return samples;
    }

    @Test
    void emptyScansAreRefusedBeforeTheyCostAnything() throws IOException {
        byte[] jpeg = encode(noise(), "jpeg");
        byte[] scans = new byte[8 * 101];
        for (int i = 0; i < scans.length; i += 8) {
            scans[i] = (byte) 0xFF;
            scans[i + 1] = (byte) 0xDA;
            scans[i + 3] = 6; // length of the header, which is empty
        }
        int end = jpeg.length - 2; // before the marker of the end
        byte[] hostile = Arrays.copyOf(jpeg, jpeg.length + scans.length);
        System.arraycopy(scans, 0, hostile, end, scans.length);
        System.arraycopy(jpeg, end, hostile, end + scans.length, 2);
        assertRejected(hostile, Reason.IMAGE_TOO_LARGE);
    }

    @Test
    void decodingThatTakesTooLongIsGivenUp() throws IOException {
        ImageDecoder hasty = new ImageDecoder(new ImageLimits(100_000_000, 25_000_000, Duration.ofNanos(1)));
        byte[] png = encode(new BufferedImage(4000, 4000, BufferedImage.TYPE_INT_RGB), "png");
        ImageRejectedException rejected = catchThrowableOfType(ImageRejectedException.class, () -> hasty.decode(png));
        assertThat(rejected.reason()).isEqualTo(Reason.DECODING_TOO_SLOW);
    }
}
