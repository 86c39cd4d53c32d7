package dev.cyclestream.image.tiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.ImageRejectedException.Reason;
import dev.cyclestream.image.format.ImageDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are cut off, damaged, absurd, or of a kind that is not read. */
class TiffFaultsTest {

    private static final int SIDE = TestTiff.SIDE;

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

    @ParameterizedTest
    @CsvSource({
        "34925, LZMA",
        "50000, Zstandard",
        "50001, WebP",
        "34712, JPEG 2000",
        "34676, LogLuv",
        "34887, LERC",
        "12345, method 12345"
    })
    void otherCompressionIsUnsupportedByName(int compression, String name) {
        byte[] tiff = new TestTiff(ByteOrder.BIG_ENDIAN)
                .with(TiffTag.BITS, 8)
                .with(TiffTag.COMPRESSION, compression)
                .file(new byte[SIDE * SIDE]);
        assertThat(rejected(tiff, Reason.UNSUPPORTED_IMAGE)).contains(name);
    }

    @Test
    void rawFilesOfCamerasAreUnsupportedByName() {
        byte[] dng = new TestTiff(ByteOrder.BIG_ENDIAN)
                .with(TiffTag.BITS, 8)
                .with(TiffTag.DNG_VERSION, 1)
                .file(new byte[SIDE * SIDE]);
        assertThat(rejected(dng, Reason.UNSUPPORTED_IMAGE)).contains("DNG");
        byte[] sensor = new TestTiff(ByteOrder.BIG_ENDIAN)
                .with(TiffTag.BITS, 8)
                .with(TiffTag.PHOTOMETRIC, 32803)
                .file(new byte[SIDE * SIDE]);
        assertThat(rejected(sensor, Reason.UNSUPPORTED_IMAGE)).contains("raw files of cameras");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.9, 0.99})
    void pixelsThatAreCutOffAreDamage(double part) {
        byte[] pixels = Arrays.copyOf(new byte[SIDE * SIDE], (int) (SIDE * SIDE * part));
        byte[] tiff = new TestTiff(ByteOrder.BIG_ENDIAN)
                .with(TiffTag.BITS, 8, 8, 8, 8)
                .with(TiffTag.SAMPLES, 4)
                .with(TiffTag.PHOTOMETRIC, 2)
                .file(pixels);
        assertThat(rejected(tiff, Reason.DAMAGED_IMAGE)).contains("cut off");
    }

    @Test
    void faxThatIsCutOffIsNotFilledUpWithWhite() {
        byte[] tiff = new TestTiff(ByteOrder.BIG_ENDIAN)
                .with(TiffTag.COMPRESSION, 4)
                .file(new byte[] {(byte) 0xFF}); // 8 rows like the white one before
        assertThat(rejected(tiff, Reason.DAMAGED_IMAGE)).contains("strip or tile 1 of 1 is cut off");
    }

    @Test
    void stripsThatAreTooShortForTheirRowsAreDamage() {
        byte[] tiff = new TestTiff(ByteOrder.BIG_ENDIAN)
                .with(TiffTag.BITS, 8)
                .with(TiffTag.STRIP_OFFSETS, 8, 8 + SIDE)
                .with(TiffTag.STRIP_BYTES, SIDE, SIDE)
                .with(TiffTag.ROWS_PER_STRIP, 1_000_000)
                .file(TestTiff.filled(8, 0, SIDE));
        assertThat(rejected(tiff, Reason.DAMAGED_IMAGE))
                .contains("strip or tile 1: expected 256 bytes, found 16 before the next");
    }

    @ParameterizedTest
    @ValueSource(ints = {TiffTag.BITS, TiffTag.STRIP_BYTES, TiffTag.EXTRA_SAMPLES, TiffTag.PROFILE})
    void tagWhoseValuesAreCutOffIsDamage(int tag) {
        byte[] tiff = new TestTiff(ByteOrder.BIG_ENDIAN)
                .with(TiffTag.BITS, 8)
                .with(tag, new long[1000])
                .file(TestTiff.filled(8, 0, SIDE));
        ByteBuffer file = ByteBuffer.wrap(tiff);
        int entry = file.getInt(4) + 2;
        while (Short.toUnsignedInt(file.getShort(entry)) != tag) {
            entry += 12;
        }
        file.putInt(entry + 8, tiff.length - 100);
        assertThat(rejected(tiff, Reason.DAMAGED_IMAGE)).contains("tag " + tag + ": expected values within");
    }

    @Test
    void directoriesBelowAreNotFollowedDown() {
        int directories = 4_000;
        ByteBuffer file = ByteBuffer.allocate(8 + directories * 18).order(ByteOrder.BIG_ENDIAN);
        file.put((byte) 'M').put((byte) 'M').putShort((short) 42).putInt(8);
        for (int i = 1; i <= directories; i++) {
            file.putShort((short) 1)
                    .putShort((short) TiffTag.SUB_DIRECTORIES)
                    .putShort((short) 4)
                    .putInt(1);
            file.putInt(8 + i * 18).putInt(0);
        }
        rejected(file.array(), Reason.DAMAGED_IMAGE);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                TiffTag.BITS,
                TiffTag.STRIP_OFFSETS,
                TiffTag.STRIP_BYTES,
                TiffTag.COLOR_MAP,
                TiffTag.EXTRA_SAMPLES,
                TiffTag.PROFILE,
                TiffTag.SUB_DIRECTORIES,
                TiffTag.SAMPLE_FORMAT,
                700
            })
    void countsThatTheFileDoesNotHoldCostNothing(int tag) {
        byte[] tiff = new TestTiff(ByteOrder.BIG_ENDIAN).with(tag, 1).file(new byte[SIDE * SIDE]);
        ByteBuffer file = ByteBuffer.wrap(tiff);
        for (int entry = file.getInt(4) + 2; entry < tiff.length - 12; entry += 12) {
            if (Short.toUnsignedInt(file.getShort(entry)) == tag) {
                file.putInt(entry + 4, Integer.MAX_VALUE);
            }
        }
        try {
            decoder.decode(tiff);
        } catch (ImageRejectedException e) {
            assertThat(e.reason()).isIn(Reason.DAMAGED_IMAGE, Reason.UNSUPPORTED_IMAGE);
        }
    }

    @ParameterizedTest
    @CsvSource({"322, 2000000000", "323, 2000000000", "277, 60000", "258, 4000000000", "278, 0", "273, 4294967295"})
    void absurdNumbersAreRefusedOrIgnored(int tag, long number) {
        TestTiff tiff = new TestTiff(ByteOrder.BIG_ENDIAN)
                .with(TiffTag.BITS, 8)
                .with(TiffTag.COMPRESSION, 5)
                .with(TiffTag.TILE_WIDTH, 16)
                .with(TiffTag.TILE_HEIGHT, 16);
        byte[] file = tiff.with(tag, number).file(new byte[SIDE * SIDE]);
        assertThat(catchThrowableOfType(ImageRejectedException.class, () -> decoder.decode(file))
                        .reason())
                .isIn(Reason.DAMAGED_IMAGE, Reason.UNSUPPORTED_IMAGE, Reason.IMAGE_TOO_LARGE);
    }

    @Test
    void imageThatIsTooLargeIsRefusedFromItsDirectory() {
        byte[] tiff = new TestTiff(ByteOrder.BIG_ENDIAN)
                .with(TiffTag.BITS, 8)
                .with(TiffTag.WIDTH, 40_000)
                .with(TiffTag.HEIGHT, 40_000)
                .file(new byte[SIDE]);
        rejected(tiff, Reason.IMAGE_TOO_LARGE);
    }

    private String rejected(byte[] tiff, Reason reason) {
        ImageRejectedException rejected =
                catchThrowableOfType(ImageRejectedException.class, () -> decoder.decode(tiff));
        assertThat(rejected).isNotNull();
        assertThat(rejected.reason()).as(rejected.getMessage()).isEqualTo(reason);
        return rejected.getMessage();
    }
}
