package dev.cyclestream.image.tiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.tiff.FaxRows.Coding;
import java.io.EOFException;
import org.junit.jupiter.api.Test;

/** Faxes of a few rows of eight pixels, written bit by bit. */
class FaxRowsTest {

    private static final int WIDTH = 8;
    private static final String END_OF_LINE = "000000000001";
    private static final String WHITE_4 = "1011";
    private static final String WHITE_8 = "10011";
    private static final String BLACK_4 = "011";
    private static final String SAME_PLACE = "1";

    @Test
    void runsOfEachRowBeginAByte() throws Exception {
        assertRows(Coding.RUN_LENGTHS, WHITE_4 + BLACK_4 + "0" + WHITE_8, "....####", "........");
    }

    @Test
    void runsOfEachRowBeginTwoBytes() throws Exception {
        assertRows(Coding.RUN_LENGTHS_IN_WORDS, WHITE_4 + BLACK_4 + "000000000" + WHITE_8, "....####", "........");
    }

    @Test
    void rowsOfGroup3StandBetweenMarksAndFillBits() throws Exception {
        String row = END_OF_LINE + WHITE_4 + BLACK_4;
        assertRows(Coding.GROUP_3, row + "00000" + row, "....####", "....####");
    }

    @Test
    void runsWithoutMarksAreTakenForWhatTheyAre() throws Exception {
        assertRows(Coding.GROUP_3, WHITE_4 + BLACK_4 + "0" + WHITE_8, "....####", "........");
    }

    @Test
    void rowThatEndsTooSoonIsWhiteFromThereOn() throws Exception {
        String row = END_OF_LINE + WHITE_4 + BLACK_4;
        assertRows(Coding.GROUP_3, END_OF_LINE + "1000" + "10" + row, "...###..", "....####");
    }

    @Test
    void restOfARowBeforeTheFirstMarkIsNoRow() throws Exception {
        String row = END_OF_LINE + WHITE_4 + BLACK_4;
        assertRows(Coding.GROUP_3, WHITE_4 + row + row, "....####", "....####");
    }

    @Test
    void firstRowMayHaveNoMarkBeforeIt() throws Exception {
        assertRows(Coding.GROUP_3, WHITE_4 + BLACK_4 + (END_OF_LINE + WHITE_8), "....####", "........");
    }

    @Test
    void longRunMayEndWithoutACodeOfNoPixels() throws Exception {
        byte[] data = bytes(END_OF_LINE + "00110101" + "0000001111" + END_OF_LINE + "11011"); // 64 black, 64 white
        byte[] pixels = FaxRows.unpack(data, Coding.GROUP_3, 64, 2);
        assertThat(pixels).containsExactly(-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void rowsOfTwoDimensionsSayWhichTheyAre() throws Exception {
        String alone = END_OF_LINE + "1" + WHITE_4 + BLACK_4;
        String likeBefore = END_OF_LINE + "0" + "010" + SAME_PLACE; // one further left, and the end
        assertRows(Coding.GROUP_3_OF_TWO_DIMENSIONS, alone + likeBefore, "....####", "...#####");
    }

    @Test
    void rowsOfGroup4AreWrittenInTermsOfTheOneBefore() throws Exception {
        String horizontal = "001" + "1000" + "11" + SAME_PLACE; // 3 white, 2 black
        String further = "011" + "000011" + SAME_PLACE; // one right of the first change, two right of the second
        String passed = "0001" + SAME_PLACE;
        assertRows(Coding.GROUP_4, horizontal + further + passed, "...##...", "....###.", "........");
    }

    @Test
    void runsOfNoLengthAreChangesForTheRowBelow() throws Exception {
        String empty = "001" + "00110101" + "0000110111"; // 0 white, 0 black
        String horizontal = "001" + WHITE_4 + "11" + SAME_PLACE; // 4 white, 2 black
        // The row below passes the two that are at one place, and then the two around the black ones.
        assertRows(Coding.GROUP_4, empty + horizontal + "0001" + "0001" + SAME_PLACE, "....##..", "........");
    }

    @Test
    void whatFollowsTheMarkOfTheEndIsWhite() throws Exception {
        String row = "001" + WHITE_4 + BLACK_4;
        assertRows(Coding.GROUP_4, row + END_OF_LINE + END_OF_LINE, "....####", "........", "........");
    }

    @Test
    void rowsThatAreMissingAreNotWhite() {
        byte[] data = bytes("001" + WHITE_4 + BLACK_4 + "11111111");
        assertThatThrownBy(() -> FaxRows.unpack(data, Coding.GROUP_4, WIDTH, 40))
                .isInstanceOf(EOFException.class);
        byte[] lines = bytes((END_OF_LINE + WHITE_4 + BLACK_4).repeat(3));
        assertThatThrownBy(() -> FaxRows.unpack(lines, Coding.GROUP_3, WIDTH, 4))
                .isInstanceOf(EOFException.class);
    }

    @Test
    void manySpoiledRowsAreDamage() {
        byte[] data = bytes((END_OF_LINE + WHITE_4).repeat(30));
        assertThatThrownBy(() -> FaxRows.unpack(data, Coding.GROUP_3, WIDTH, 30))
                .isInstanceOf(ImageRejectedException.class)
                .hasMessageContaining("row 5: expected few with errors, found 5");
    }

    @Test
    void runsBeyondTheRowAreDamage() {
        byte[] data = bytes("001" + WHITE_8 + BLACK_4);
        assertThatThrownBy(() -> FaxRows.unpack(data, Coding.GROUP_4, WIDTH, 1))
                .isInstanceOf(ImageRejectedException.class)
                .hasMessageContaining("row 1: expected runs up to 8 pixels, found one to 12");
    }

    @Test
    void runsOfNoLengthWithoutEndAreDamage() {
        byte[] data = bytes(("001" + "00110101" + "0000110111").repeat(1_000));
        assertThatThrownBy(() -> FaxRows.unpack(data, Coding.GROUP_4, WIDTH, 1))
                .isInstanceOf(ImageRejectedException.class)
                .hasMessageContaining("row 1: expected at most 16 runs, found more");
    }

    private static void assertRows(Coding coding, String bits, String... expected) throws EOFException {
        byte[] pixels = FaxRows.unpack(bytes(bits), coding, WIDTH, expected.length);
        String[] rows = new String[pixels.length];
        for (int row = 0; row < rows.length; row++) {
            StringBuilder found = new StringBuilder();
            for (int bit = 0x80; bit > 0; bit >>= 1) {
                found.append((pixels[row] & bit) == 0 ? '.' : '#');
            }
            rows[row] = found.toString();
        }
        assertThat(rows).containsExactly(expected);
    }

    private static byte[] bytes(String bits) {
        byte[] bytes = new byte[(bits.length() + 7) / 8];
        for (int i = 0; i < bits.length(); i++) {
            bytes[i / 8] |= (byte) ((bits.charAt(i) - '0') << (7 - i % 8));
        }
        return bytes;
    }
}
