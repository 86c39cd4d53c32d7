package dev.cyclestream.image.bmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cyclestream.image.DecodedImage;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.ImageRejectedException.Reason;
import dev.cyclestream.image.format.ImageDecoder;
import dev.cyclestream.picture.Picture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BmpDecoderTest {

    private static final int SIDE = 16;
    private static final int FILE_HEADER = 14;

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

    @ParameterizedTest
    @CsvSource({
        "16, 0xF800, 0x07E0, 0x001F, 0x8410, 132, 130, 132",
        "16, 0xF800, 0x07E0, 0x001F, 0xFFFF, 255, 255, 255",
        "16, 0x6000, 0x1C00, 0x0001, 0x2C01, 85, 109, 255",
        "16, 0x0F00, 0x00F0, 0x000F, 0x0F80, 255, 136, 0",
        "32, 0xFFE00000, 0x001FFC00, 0x000003FF, 0xFFE00000, 255, 0, 0",
        "32, 0x3FF00000, 0x000FFC00, 0x000003FF, 0x3FF003FF, 255, 0, 255",
        "32, 0x000000FF, 0x0000FF00, 0x00FF0000, 0x00030201, 1, 2, 3"
    })
    void eachMaskHasItsOwnWidth(
            int bits, String redMask, String greenMask, String blueMask, String pixel, int red, int green, int blue) {
        int[] masks = {number(redMask), number(greenMask), number(blueMask)};
        ByteBuffer bmp = bmp(40, bits, 3, 12, rows(bits, number(pixel)));
        for (int i = 0; i < masks.length; i++) {
            bmp.putInt(FILE_HEADER + 40 + 4 * i, masks[i]);
        }
        assertPixels(bmp, red, green, blue);
    }

    @Test
    void opacityHasAMaskToo() {
        ByteBuffer bmp = bmp(56, 16, 3, 0, rows(16, 0x8F00));
        int[] masks = {0x0F00, 0x00F0, 0x000F, 0xF000};
        for (int i = 0; i < masks.length; i++) {
            bmp.putInt(FILE_HEADER + 40 + 4 * i, masks[i]);
        }
        DecodedImage image = decode(bmp);
        assertThat(image.alpha())
                .hasValueSatisfying(alpha -> assertThat(alpha.at(0)).isEqualTo(136));
        assertPixels(bmp, 255, 119, 119);
    }

    @Test
    void opacityThatIsZeroThroughoutIsNotMeant() {
        ByteBuffer bmp = bmp(56, 32, 3, 0, rows(32, 0x00102030));
        int[] masks = {0xFF0000, 0x00FF00, 0x0000FF, 0xFF000000};
        for (int i = 0; i < masks.length; i++) {
            bmp.putInt(FILE_HEADER + 40 + 4 * i, masks[i]);
        }
        assertThat(decode(bmp).alpha()).isEmpty();
        assertPixels(bmp, 0x10, 0x20, 0x30);
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 16, 24, 40, 42, 46, 52, 56, 60, 64, 108, 124})
    void headersOfAllLengthsAreRead(int header) {
        assertPixels(bmp(header, 24, 0, 0, rows(24, 0x302010)), 0x30, 0x20, 0x10);
    }

    @Test
    void reservedFieldsMayHoldAnything() {
        ByteBuffer bmp = bmp(40, 24, 0, 0, rows(24, 0x302010)).putInt(6, 0x12345678);
        assertPixels(bmp, 0x30, 0x20, 0x10);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void colourThatThePaletteLacksIsBlack(int bits) {
        ByteBuffer bmp = bmp(40, bits, 0, 4, rows(bits, 0xFFFFFFFF)).putInt(FILE_HEADER + 32, 1);
        bmp.putInt(FILE_HEADER + 40, 0xFFFFFF);
        assertPixels(bmp, 0, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, FILE_HEADER + 40})
    void pixelsStandBehindThePaletteWhateverTheFileSays(int stated) {
        ByteBuffer bmp = bmp(40, 8, 0, 4 * 256, rows(8, 7));
        bmp.putInt(FILE_HEADER + 40 + 4 * 7, 0x0A141E).putInt(10, stated);
        assertPixels(bmp, 10, 20, 30);
    }

    @Test
    void profileThatIsCutOffIsDamage() {
        ByteBuffer bmp = bmp(124, 24, 0, 0, rows(24, 0));
        bmp.putInt(FILE_HEADER + 56, 0x4D424544)
                .putInt(FILE_HEADER + 112, bmp.limit() - FILE_HEADER)
                .putInt(FILE_HEADER + 116, 500);
        assertThat(rejected(bmp, Reason.DAMAGED_IMAGE)).contains("profile up to byte: expected");
    }

    @Test
    void rowsFromTheTopAreNotTurnedOver() {
        byte[] pixels = rows(24, 0);
        pixels[0] = 77;
        ByteBuffer bmp = bmp(40, 24, 0, 0, pixels).putInt(FILE_HEADER + 8, -SIDE);
        assertThat(decode(bmp).color().samples().get(2)).isEqualTo((byte) 77);
    }

    @Test
    void runsAreUnpacked() {
        byte[] runs = new byte[SIDE * 4 + 2];
        for (int y = 0; y < SIDE; y++) {
            runs[y * 4] = SIDE;
            runs[y * 4 + 1] = 1;
        }
        runs[SIDE * 4 + 1] = 1;
        ByteBuffer bmp = bmp(40, 8, 1, 8, runs).putInt(FILE_HEADER + 32, 2).putInt(FILE_HEADER + 44, 0x302010);
        assertPixels(bmp, 0x30, 0x20, 0x10);
    }

    @Test
    void runsOfColoursOfOs2AreUnpacked() {
        byte[] runs = new byte[SIDE * 6 + 2];
        for (int y = 0; y < SIDE; y++) {
            runs[y * 6] = SIDE;
            runs[y * 6 + 1] = 0x10;
            runs[y * 6 + 2] = 0x20;
            runs[y * 6 + 3] = 0x30;
        }
        runs[SIDE * 6 + 1] = 1;
        assertPixels(bmp(64, 24, 4, 0, runs), 0x30, 0x20, 0x10);
    }

    @Test
    void runsThatEndTooSoonAreDamage() {
        byte[] runs = {SIDE, 1, 0, 0, SIDE, 1};
        rejected(bmp(40, 8, 1, 8, runs).putInt(FILE_HEADER + 32, 2), Reason.DAMAGED_IMAGE);
    }

    @ParameterizedTest
    @CsvSource({"0, 4, a JPEG", "0, 5, a PNG", "1, 3, fax", "64, 0, 64 bits", "32, 11, compression 11"})
    void otherKindsAreUnsupportedByName(int bits, int compression, String name) {
        ByteBuffer bmp = bmp(40, bits, compression, 0, new byte[100]);
        assertThat(rejected(bmp, Reason.UNSUPPORTED_IMAGE)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 54, 55, 400, 800, 821})
    void cutOffIsDamage(int length) {
        ByteBuffer bmp = bmp(40, 24, 0, 0, rows(24, 0x302010));
        ImageRejectedException rejected =
                catchThrowableOfType(ImageRejectedException.class, () -> decode(bmp.slice(0, length)));
        assertThat(rejected.reason()).isEqualTo(length < 18 ? Reason.NOT_AN_IMAGE : Reason.DAMAGED_IMAGE);
    }

    @ParameterizedTest
    @CsvSource({"-1, 16", "0, 16", "16, 0", "16, -2147483648", "2147483647, 1"})
    void absurdSizesAreRefused(int width, int height) {
        ByteBuffer bmp = bmp(40, 24, 0, 0, new byte[100]);
        bmp.putInt(FILE_HEADER + 4, width).putInt(FILE_HEADER + 8, height);
        rejected(bmp, width > SIDE ? Reason.IMAGE_TOO_LARGE : Reason.DAMAGED_IMAGE);
    }

    private String rejected(ByteBuffer bmp, Reason reason) {
        ImageRejectedException rejected = catchThrowableOfType(ImageRejectedException.class, () -> decode(bmp));
        assertThat(rejected).isNotNull();
        assertThat(rejected.reason()).as(rejected.getMessage()).isEqualTo(reason);
        return rejected.getMessage();
    }

    private DecodedImage decode(ByteBuffer bmp) {
        byte[] encoded = new byte[bmp.limit()];
        bmp.get(0, encoded);
        return decoder.decode(encoded);
    }

    private static int number(String hexadecimal) {
        return (int) (long) Long.decode(hexadecimal);
    }

    /** Rows of equal pixels. */
    private static byte[] rows(int bits, int pixel) {
        int rowBytes = (SIDE * bits + 31) / 32 * 4;
        byte[] rows = new byte[rowBytes * SIDE];
        for (int i = 0; i < rows.length; i++) {
            int at = i % rowBytes;
            rows[i] = (byte) (bits < 8 ? pixel : pixel >>> (8 * (at % (bits / 8))));
        }
        return rows;
    }

    /** @param between bytes between the header and the pixels */
    private static ByteBuffer bmp(int header, int bits, int compression, int between, byte[] pixels) {
        int start = FILE_HEADER + header + between;
        ByteBuffer file = ByteBuffer.allocate(start + pixels.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 'B').put((byte) 'M').putInt(10, start).putInt(FILE_HEADER, header);
        if (header == 12) {
            file.putShort(18, (short) SIDE).putShort(20, (short) SIDE).putShort(24, (short) bits);
        } else {
            file.putInt(18, SIDE).putInt(22, SIDE).putShort(28, (short) bits);
        }
        if (header > 16) {
            file.putInt(30, compression);
        }
        return file.put(start, pixels);
    }

    /** That all pixels are of this colour. */
    private void assertPixels(ByteBuffer bmp, int red, int green, int blue) {
        ByteBuffer found = decode(bmp).color().samples();
        for (int i = 0; i < found.limit(); i += Picture.CHANNELS) {
            int[] pixel = {found.get(i) & 0xFF, found.get(i + 1) & 0xFF, found.get(i + 2) & 0xFF};
            assertThat(pixel).containsExactly(red, green, blue);
        }
    }
}
