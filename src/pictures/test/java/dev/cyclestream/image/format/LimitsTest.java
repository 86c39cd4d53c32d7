package dev.cyclestream.image.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.image.DecodedImage;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.ImageRejectedException.Reason;
import dev.cyclestream.image.SizePolicy;
import dev.cyclestream.picture.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large images are shrunk while they are read; small files that would take minutes do not. */
class LimitsTest {

    private static final SizePolicy FIT = new SizePolicy.Fit(64);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Less than the pictures of these tests have. */
    private final ImageDecoder strict = new ImageDecoder(new ImageLimits(32 << 20, 100_000, PATIENCE));

    private final ImageDecoder decoder = new ImageDecoder(new ImageLimits(32 << 20, 25_000_000, PATIENCE));

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "tiff", "progressive"})
    void imageBeyondTheLimitIsShrunkAsIfItHadBeenReadWhole(String format) throws IOException {
        byte[] encoded =
                format.equals("progressive") ? progressive(picture(1000, 700)) : encode(picture(1000, 700), format);
        assertThatThrownBy(() -> strict.decode(encoded)).hasMessageContaining("at most 100000 pixels");
        DecodedImage shrunk = strict.decode(encoded, FIT);
        DecodedImage whole = FIT.apply(decoder.decode(encoded));
        assertThat(shrunk.color().toString()).isEqualTo("Picture[64 x 45]");
        assertThat(shrunk.color().largestDifference(whole.color())).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pillow-flower.webp", "pillow-hopper_orientation_6.webp", "serenity-uncompressed-alpha.webp"})
    void webpBeyondTheLimitIsShrunkByLibwebp(String name) throws IOException {
        byte[] encoded;
        try (InputStream input = LimitsTest.class.getResourceAsStream("/suites/" + name)) {
            encoded = input.readAllBytes();
        }
        DecodedImage whole = decoder.decode(encoded);
        SizePolicy fit = new SizePolicy.Fit(60);
        int most = whole.color().width() * whole.color().height() - 1;
        ImageDecoder narrow = new ImageDecoder(new ImageLimits(32 << 20, most, PATIENCE));
        assertThatThrownBy(() -> narrow.decode(encoded)).hasMessageContaining("at most " + most + " pixels");
        DecodedImage shrunk = narrow.decode(encoded, fit);
        DecodedImage expected = fit.apply(whole);
        assertThat(shrunk.size()).isEqualTo(expected.size());
        assertThat(shrunk.alpha().isPresent()).isEqualTo(expected.alpha().isPresent());
        assertThat(shrunk.color().largestDifference(expected.color())).isLessThan(24);
    }

    @Test
    void alphaIsShrunkToo() throws IOException {
        BufferedImage image = new BufferedImage(400, 400, BufferedImage.TYPE_INT_ARGB);
        for (int y = 200; y < 400; y++) {
            for (int x = 0; x < 400; x++) {
                image.setRGB(x, y, 0xFF204080);
            }
        }
        DecodedImage shrunk = strict.decode(encode(image, "png"), FIT);
        assertThat(shrunk.alpha().orElseThrow().at(64 * 10 + 10)).isZero();
        assertThat(shrunk.alpha().orElseThrow().at(64 * 50 + 10)).isEqualTo(255);
    }

    @Test
    void shrinkingHasALimitToo() {
        assertThatThrownBy(() -> strict.decode(TestPng.header(2000, 2000), FIT))
                .isInstanceOf(ImageRejectedException.class)
                .hasMessage("expected at most 1600000 pixels, found 2000 x 2000");
    }

    @Test
    void shrinkingMovesNothing() {
        byte[] slope = new byte[128 * 128 * Picture.CHANNELS];
        for (int i = 0; i < slope.length; i++) {
            slope[i] = (byte) (i / Picture.CHANNELS % 128 * 2);
        }
        ByteBuffer shrunk = new Picture(128, 128, slope).resize(64, 64).samples();
        for (int x = 2; x < 62; x++) {
            assertThat(shrunk.get((30 * 64 + x) * Picture.CHANNELS) & 0xFF).isEqualTo(4 * x + 1);
        }
    }

    @Test
    void commentsOfAGifCostNothing() throws IOException {
        byte[] gif = encode(picture(20, 20), "gif");
        int colors = 3 << ((gif[10] & 7) + 1);
        int start = 13 + ((gif[10] & 0x80) == 0 ? 0 : colors);
        ByteArrayOutputStream hostile = new ByteArrayOutputStream();
        hostile.write(gif, 0, start);
        hostile.writeBytes(new byte[] {0x21, (byte) 0xFE});
        byte[] part = new byte[256];
        Arrays.fill(part, (byte) 'a');
        part[0] = (byte) 255;
        for (int i = 0; i < 60_000; i++) { // took more than a minute
            hostile.writeBytes(part);
        }
        hostile.write(0);
        hostile.write(gif, start, gif.length - start);
        assertThat(decoder.decode(hostile.toByteArray())).isEqualTo(decoder.decode(gif));
    }

    @Test
    void flatScansOfALargePictureAreGivenUp() throws IOException {
        byte[] jpeg = progressive(new BufferedImage(4_000, 4_000, BufferedImage.TYPE_INT_RGB));
        byte[] hostile = withLastScan(jpeg, 90); // each makes a pass over all of it
        ImageDecoder hasty = new ImageDecoder(new ImageLimits(1 << 20, 25_000_000, Duration.ofMillis(200)));
        long start = processorNanos();
        assertThatThrownBy(() -> hasty.decode(hostile))
                .isInstanceOfSatisfying(
                        ImageRejectedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.DECODING_TOO_SLOW));
        assertThat(Duration.ofNanos(processorNanos() - start)).isLessThan(Duration.ofSeconds(4));
    }

    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static byte[] withLastScan(byte[] jpeg, int times) {
        int end = jpeg.length - 2; // before the mark of the end
        int begin = end;
        while ((jpeg[begin] & 0xFF) != 0xFF || (jpeg[begin + 1] & 0xFF) != 0xDA) {
            begin--;
        }
        ByteBuffer file = ByteBuffer.allocate(jpeg.length + times * (end - begin));
        file.put(jpeg, 0, end);
        for (int i = 0; i < times; i++) {
            file.put(jpeg, begin, end - begin);
        }
        return file.put(jpeg, end, 2).array();
    }

    @Test
    void webpThatClaimsMoreThanTheLimitIsRefusedFromItsHeader() {
        ByteBuffer webp = ByteBuffer.allocate(104_000).order(ByteOrder.LITTLE_ENDIAN);
        webp.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(webp.capacity() - 8);
        webp.put("WEBPVP8L".getBytes(StandardCharsets.US_ASCII)).putInt(webp.capacity() - 20);
        webp.put((byte) 0x2F).putInt(0x0FFFFFFF); // 16,384 x 16,384
        assertThatThrownBy(() -> decoder.decode(webp.array(), new SizePolicy.Fit(512)))
                .isInstanceOfSatisfying(
                        ImageRejectedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.IMAGE_TOO_LARGE));
    }

    @Test
    void profileThatAsksForThousandsOfStepsIsPassedOver() throws IOException {
        byte[] plain = encode(picture(64, 64), "png");
        byte[] profile = profile(30_000);
        byte[] hostile = withProfile(plain, profile);
        assertThat(hostile.length).isLessThan(plain.length + 2_000);
        assertThat(decoder.decode(hostile)).isEqualTo(decoder.decode(plain)); // took half a minute
    }

    private static byte[] profile(int elements) {
        int tag = 128 + 4 + 12;
        int matrix = 16 + 8 * elements;
        ByteBuffer icc = ByteBuffer.allocate(tag + matrix + 60);
        icc.putInt(0, icc.capacity()).putInt(8, 0x04300000);
        icc.put(12, "mntrRGB XYZ ".getBytes(StandardCharsets.US_ASCII));
        icc.put(36, "acsp".getBytes(StandardCharsets.US_ASCII));
        icc.putInt(68, 0xF6D6).putInt(72, 0x10000).putInt(76, 0xD32D);
        icc.position(128).putInt(1).put("D2B0".getBytes(StandardCharsets.US_ASCII));
        icc.putInt(tag).putInt(matrix + 60);
        icc.put("mpet".getBytes(StandardCharsets.US_ASCII))
                .putInt(0)
                .putShort((short) 3)
                .putShort((short) 3);
        icc.putInt(elements);
        for (int i = 0; i < elements; i++) {
            icc.putInt(matrix).putInt(60);
        }
        icc.put("matf".getBytes(StandardCharsets.US_ASCII))
                .putInt(0)
                .putShort((short) 3)
                .putShort((short) 3);
        for (int i = 0; i < 12; i++) {
            icc.putFloat(i % 4 == 0 && i < 9 ? 1 : 0);
        }
        return icc.array();
    }

    private static byte[] withProfile(byte[] png, byte[] profile) {
        Deflater deflater = new Deflater();
        deflater.setInput(profile);
        deflater.finish();
        byte[] deflated = new byte[profile.length + 100];
        int length = deflater.deflate(deflated);
        deflater.end();
        ByteBuffer chunk = ByteBuffer.allocate(4 + 4 + 3 + length + 4);
        chunk.putInt(3 + length)
                .put("iCCPx\0\0".getBytes(StandardCharsets.US_ASCII))
                .put(deflated, 0, length);
        CRC32 sum = new CRC32();
        sum.update(chunk.array(), 4, 4 + 3 + length);
        chunk.putInt((int) sum.getValue());
        int header = 8 + 25;
        return ByteBuffer.allocate(png.length + chunk.capacity())
                .put(png, 0, header)
                .put(chunk.array())
                .put(png, header, png.length - header)
                .array();
    }

    private static BufferedImage picture(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, ((x * 255 / width) << 16) | ((y * 255 / height) << 8) | random.nextInt(256));
            }
        }
        return image;
    }

    private static byte[] encode(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        return bytes.toByteArray();
    }

    static byte[] progressive(BufferedImage image) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream output = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(output);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
