package dev.cyclestream.image.tiff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.format.ImageDecoder;
import dev.cyclestream.picture.Picture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TiffDecoderTest {

    private static final int SIDE = TestTiff.SIDE;
    private static final int LARGEST_FILE = 1 << 20;

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 20, 24, 31, 32, 33, 48, 64})
    void samplesOfAnyNumberOfBitsReachFromBlackToWhite(int bits) {
        long most = -1L >>> (64 - bits);
        assertPixels(grey(bits, TestTiff.filled(bits, 0, SIDE)), 0, 0, 0);
        assertPixels(grey(bits, TestTiff.filled(bits, most, SIDE)), 255, 255, 255);
        int half = bits == 1 ? 0 : (int) Math.round(255.0 * (most >>> 1) / (2.0 * (most >>> 1) + 1));
        assertPixels(grey(bits, TestTiff.filled(bits, most >>> 1, SIDE)), half, half, half);
    }

    private static byte[] grey(int bits, byte[] pixels) {
        return new TestTiff(ByteOrder.BIG_ENDIAN).with(TiffTag.BITS, bits).file(pixels);
    }

    @ParameterizedTest
    @CsvSource({"8, 128, 128", "8, 127, 127", "16, 32768, 0", "16, 0, 128", "32, 0, 128", "32, 2147483648, 0"})
    void signedSamplesAreMovedUpButForThoseOfEightBits(int bits, long stored, int expected) {
        byte[] tiff = new TestTiff(ByteOrder.BIG_ENDIAN)
                .with(TiffTag.BITS, bits)
                .with(TiffTag.SAMPLE_FORMAT, 2)
                .file(TestTiff.filled(bits, stored, SIDE));
        assertPixels(tiff, expected, expected, expected);
    }

    @ParameterizedTest
    @CsvSource({
        "16, 0x3800, 128", // 0.5
        "16, 0x3C00, 255",
        "16, 0x7C00, 255", // infinity
        "24, 0x3E0000, 128", // 0.5
        "32, 0x3F000000, 128",
        "32, 0x40000000, 255", // 2
        "32, 0xBF000000, 0", // -0.5
        "32, 0x7FC00000, 0", // not a number
        "64, 0x3FE0000000000000, 128"
    })
    void floatingPointIsTakenAsItIs(int bits, String stored, int expected) {
        byte[] tiff = new TestTiff(ByteOrder.BIG_ENDIAN)
                .with(TiffTag.BITS, bits)
                .with(TiffTag.SAMPLE_FORMAT, 3)
                .file(TestTiff.filled(bits, Long.decode(stored), SIDE));
        assertPixels(tiff, expected, expected, expected);
    }

    @Test
    void bytesOfSamplesAreInTheOrderOfTheFile() {
        ByteBuffer pixels = ByteBuffer.allocate(SIDE * SIDE * 2).order(ByteOrder.LITTLE_ENDIAN);
        while (pixels.hasRemaining()) {
            pixels.putShort((short) (100 * 257 + 20));
        }
        byte[] tiff =
                new TestTiff(ByteOrder.LITTLE_ENDIAN).with(TiffTag.BITS, 16).file(pixels.array());
        assertPixels(tiff, 100, 100, 100);
    }

    @Test
    void differencesAreSummedUp() {
        byte[] pixels = new byte[SIDE * SIDE];
        for (int row = 0; row < SIDE; row++) {
            pixels[row * SIDE] = 100;
        }
        byte[] tiff = new TestTiff(ByteOrder.BIG_ENDIAN)
                .with(TiffTag.BITS, 8)
                .with(TiffTag.PREDICTOR, 2)
                .file(pixels);
        assertPixels(tiff, 100, 100, 100);
    }

    @Test
    void reversedBitsAreTurnedAround() {
        byte[] tiff = new TestTiff(ByteOrder.BIG_ENDIAN)
                .with(TiffTag.BITS, 8)
                .with(TiffTag.FILL_ORDER, 2)
                .file(TestTiff.filled(8, 0b0000_0011, SIDE));
        assertPixels(tiff, 0b1100_0000, 0b1100_0000, 0b1100_0000);
    }

    @Test
    void planesAreLaidTogether() {
        byte[] pixels = new byte[3 * SIDE * SIDE];
        Arrays.fill(pixels, 0, SIDE * SIDE, (byte) 10);
        Arrays.fill(pixels, SIDE * SIDE, 2 * SIDE * SIDE, (byte) 20);
        Arrays.fill(pixels, 2 * SIDE * SIDE, 3 * SIDE * SIDE, (byte) 30);
        byte[] tiff = new TestTiff(ByteOrder.BIG_ENDIAN)
                .with(TiffTag.BITS, 8, 8, 8)
                .with(TiffTag.SAMPLES, 3)
                .with(TiffTag.PHOTOMETRIC, 2)
                .with(TiffTag.PLANAR, 2)
                .with(TiffTag.STRIP_OFFSETS, 8, 8 + SIDE * SIDE, 8 + 2 * SIDE * SIDE)
                .with(TiffTag.STRIP_BYTES, SIDE * SIDE, SIDE * SIDE, SIDE * SIDE)
                .file(pixels);
        assertPixels(tiff, 10, 20, 30);
    }

    @Test
    void sharesOfColoursMayDifferInBits() {
        byte[] tiff = new TestTiff(ByteOrder.BIG_ENDIAN)
                .with(TiffTag.BITS, 5, 6, 5)
                .with(TiffTag.SAMPLES, 3)
                .with(TiffTag.PHOTOMETRIC, 2)
                .file(TestTiff.filled(16, 0b11111_000000_11111, SIDE));
        assertPixels(tiff, 255, 0, 255);
    }

    @ParameterizedTest
    @CsvSource({"0, 100, 100", "1, 227, 100", "2, 177, 100"})
    void extraSampleIsOpacityOnlyIfItSaysSo(int kind, int expected, int grey) {
        byte[] pixels = new byte[2 * SIDE * SIDE];
        for (int i = 0; i < pixels.length; i += 2) {
            pixels[i] = (byte) grey;
            pixels[i + 1] = (byte) 128;
        }
        byte[] tiff = new TestTiff(ByteOrder.BIG_ENDIAN)
                .with(TiffTag.BITS, 8, 8)
                .with(TiffTag.SAMPLES, 2)
                .with(TiffTag.EXTRA_SAMPLES, kind)
                .file(pixels);
        assertPixels(tiff, expected, expected, expected);
    }

    @ParameterizedTest
    @CsvSource({"8, 255, 0, 0, 255, 255, 255", "8, 136, 0, 0, 127, 127, 127", "9, 100, 148, 98, 105, 82, 142"})
    void labBecomesRgb(int kind, int lightness, int a, int b, int red, int green, int blue) {
        byte[] pixels = new byte[3 * SIDE * SIDE];
        for (int i = 0; i < pixels.length; i += 3) {
            pixels[i] = (byte) lightness;
            pixels[i + 1] = (byte) a;
            pixels[i + 2] = (byte) b;
        }
        byte[] tiff = new TestTiff(ByteOrder.BIG_ENDIAN)
                .with(TiffTag.BITS, 8, 8, 8)
                .with(TiffTag.SAMPLES, 3)
                .with(TiffTag.PHOTOMETRIC, kind)
                .file(pixels);
        assertPixels(tiff, red, green, blue);
    }

    @Test
    void directoryThatLeadsToItselfIsReadOnce() {
        byte[] tiff = new TestTiff(ByteOrder.BIG_ENDIAN)
                .with(TiffTag.BITS, 8)
                .with(TiffTag.SUB_DIRECTORIES, 8 + SIDE * SIDE + 4 * 7)
                .file(TestTiff.filled(8, 50, SIDE));
        ByteBuffer.wrap(tiff).putInt(tiff.length - 4, ByteBuffer.wrap(tiff).getInt(4));
        assertPixels(tiff, 50, 50, 50);
    }

    /** That all pixels are of this colour. */
    private void assertPixels(byte[] tiff, int red, int green, int blue) {
        assertThat(tiff.length).isLessThan(LARGEST_FILE);
        Picture found = decoder.decode(tiff).color();
        byte[] expected = new byte[SIDE * SIDE * Picture.CHANNELS];
        for (int i = 0; i < expected.length; i += Picture.CHANNELS) {
            expected[i] = (byte) red;
            expected[i + 1] = (byte) green;
            expected[i + 2] = (byte) blue;
        }
        byte[] first = new byte[Picture.CHANNELS];
        found.samples().get(first);
        assertThat(first).containsExactly(red, green, blue);
        assertThat(found.samples().equals(ByteBuffer.wrap(expected))).isTrue();
    }
}
