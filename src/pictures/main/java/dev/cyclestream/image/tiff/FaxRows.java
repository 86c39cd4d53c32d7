package dev.cyclestream.image.tiff;

import dev.cyclestream.image.ImageRejectedException;
import java.io.EOFException;
import java.util.Arrays;

/**
 * The rows of a fax in a strip of TIFF: run lengths alone, ITU-T T.4 (group 3) and T.6 (group 4). A decoder of our own, since the
 * library's loses its place in ordinary files, and takes what is missing for white.
 */
final class FaxRows {

    private static final int ZEROS_OF_END = 11;
    private static final int END_BITS = 12;
    private static final int MODE_BITS = 7;
    private static final int SENTINELS = 3;
    private static final int FEW_CHANGES = 64;
    private static final int ROWS_A_SPOILED_ONE = 10;

    /** Ways to go on that are no place of a change in the row before. */
    private static final int PASS = 10;

    private static final int HORIZONTAL = 11;
    private static final int UNKNOWN = 12;

    private final FaxBits bits;
    private final Coding coding;
    private final int width;

    /** The places where the colour changes in the row before and in this one: to black, to white, and so on; from the row's end on, its width. */
    private int[] before;

    private int[] changes;
    private int count;

    enum Coding {
        RUN_LENGTHS(8),
        RUN_LENGTHS_IN_WORDS(16),
        GROUP_3(1),
        /** Each row says whether it is written in terms of the one before. */
        GROUP_3_OF_TWO_DIMENSIONS(1),
        GROUP_4(1);

        private final int alignment;

        Coding(int alignment) {
            this.alignment = alignment;
        }

        private boolean isGroup3() {
            return this == GROUP_3 || this == GROUP_3_OF_TWO_DIMENSIONS;
        }
    }

    private FaxRows(byte[] data, Coding coding, int width) {
        this.bits = new FaxBits(data);
        this.coding = coding;
        this.width = width;
        this.before = new int[FEW_CHANGES];
        this.changes = new int[FEW_CHANGES];
        Arrays.fill(before, width);
    }

    /**
     * The pixels of the rows, each row beginning a byte; a black one is 1.
     *
     * @throws EOFException if they are not all there
     * @throws ImageRejectedException if they are damaged
     */
    static byte[] unpack(byte[] data, Coding coding, int width, int rows) throws EOFException {
        if (coding == Coding.GROUP_3 && !new FaxBits(data).skipZerosAndOne(ZEROS_OF_END)) {
            try {
                return new FaxRows(data, Coding.RUN_LENGTHS, width).unpack(rows); // some say group 3 and write these
            } catch (EOFException | ImageRejectedException e) {
                FaxRows fax = new FaxRows(data, coding, width);
                fax.passOverTornRow();
                return fax.unpack(rows);
            }
        }
        return new FaxRows(data, coding, width).unpack(rows);
    }

    /** The beginning, if it is no row that ends with a mark. */
    private void passOverTornRow() throws EOFException {
        long begin = bits.position();
        if (readRow(0, true)) {
            bits.position(begin);
        }
        Arrays.fill(before, width);
    }

    private byte[] unpack(int rows) throws EOFException {
        int rowBytes = (width + 7) / 8;
        byte[] pixels = new byte[rowBytes * rows];
        int spoiled = 0;
        for (int row = 0; row < rows; row++) {
            bits.align(coding.alignment);
            boolean alone = coding != Coding.GROUP_4 && isAlone();
            if (hasEnded()) {
                break; // the rest is white
            }
            if (!readRow(row, alone) && ++spoiled > rows / ROWS_A_SPOILED_ONE + 1) {
                throw damaged("row %d: expected few with errors, found %d".formatted(row + 1, spoiled));
            }
            draw(pixels, row * rowBytes);
        }
        return pixels;
    }

    /** Passes over what is before a row. Returns whether the row stands for itself. */
    private boolean isAlone() {
        if (coding.isGroup3()) {
            bits.skipZerosAndOne(ZEROS_OF_END);
        }
        if (coding != Coding.GROUP_3_OF_TWO_DIMENSIONS) {
            return true;
        }
        int tag = bits.peek(1);
        bits.skip(1);
        return tag == 1;
    }

    /** True if the fax says that no row comes any more. */
    private boolean hasEnded() {
        return (coding.isGroup3() || coding == Coding.GROUP_4) && !bits.isOver() && bits.peek(END_BITS) == 1;
    }

    /** Lines that were spoiled on the way are common in group 3, which goes on at the next: the rest of such a line is white. */
    private boolean readRow(int row, boolean alone) throws EOFException {
        count = 0;
        boolean whole = true;
        try {
            if (alone) {
                readRuns(row);
            } else {
                readByRowBefore(row);
            }
        } catch (ImageRejectedException e) {
            if (!coding.isGroup3() || !bits.seekZerosAndOne(ZEROS_OF_END)) {
                throw e;
            }
            whole = false;
            count -= count % 2;
        }
        if (bits.isBeyond()) {
            throw new EOFException(); // zeros that are not there were taken for data
        }
        Arrays.fill(changes, count, count + SENTINELS, width);
        int[] read = changes;
        changes = before;
        before = read;
        return whole;
    }

    private void readRuns(int row) throws EOFException {
        int at = 0;
        for (boolean black = false; at < width; black = !black) {
            at += run(black, row);
            change(at, row);
        }
    }

    private int run(boolean black, int row) throws EOFException {
        int run = (black ? FaxCodes.BLACK : FaxCodes.WHITE).next(bits);
        if (run < 0) {
            throw unknown(row);
        }
        return run;
    }

    /** In terms of the row before (T.4, 4.2). */
    private void readByRowBefore(int row) throws EOFException {
        int at = -1;
        int next = 0;
        boolean black = false;
        while (at < width) {
            // The first change to the other colour that is further right.
            while (next > 0 && before[next - 1] > at) {
                next--;
            }
            while ((before[next] <= at && before[next] < width) || (next % 2 == 1) != black) {
                next++;
            }
            int mode = mode();
            if (mode == PASS) {
                at = before[next + 1];
            } else if (mode == HORIZONTAL) {
                int first = Math.max(at, 0) + run(black, row);
                change(first, row);
                at = first + run(!black, row);
                change(at, row);
            } else if (mode == UNKNOWN) {
                throw unknown(row);
            } else {
                at = before[next] + mode;
                change(at, row);
                black = !black;
            }
        }
    }

    /** The next code: one of those above, or how far right of the change in the row before this row's is. */
    private int mode() {
        int code = bits.peek(MODE_BITS);
        int length;
        int mode;
        if (code >= 0b1000000) {
            length = 1;
            mode = 0;
        } else if (code >= 0b0100000) {
            length = 3;
            mode = code >= 0b0110000 ? 1 : -1;
        } else if (code >= 0b0010000) {
            length = 3;
            mode = HORIZONTAL;
        } else if (code >= 0b0001000) {
            length = 4;
            mode = PASS;
        } else if (code >= 0b0000100) {
            length = 6;
            mode = code >= 0b0000110 ? 2 : -2;
        } else {
            length = code >= 0b0000010 ? 7 : 0;
            mode = code == 0b0000011 ? 3 : code == 0b0000010 ? -3 : UNKNOWN;
        }
        bits.skip(length);
        return mode;
    }

    private void change(int at, int row) {
        if (at < (count == 0 ? 0 : changes[count - 1]) || at > width) {
            throw damaged("row %d: expected runs up to %d pixels, found one to %d".formatted(row + 1, width, at));
        }
        // Runs of no length count, since the next row may be written in terms of them; a row of nothing else is an
        // attack.
        if (count > 2 * width) {
            throw damaged("row %d: expected at most %d runs, found more".formatted(row + 1, 2 * width));
        }
        if (count + SENTINELS == changes.length) {
            changes = Arrays.copyOf(changes, 2 * changes.length);
        }
        changes[count++] = at;
    }

    private ImageRejectedException unknown(int row) throws EOFException {
        if (bits.hasOnlyPadding()) {
            throw new EOFException();
        }
        return damaged("row %d: expected the length of a run, found none".formatted(row + 1));
    }

    private static ImageRejectedException damaged(String what) {
        return TiffDirectory.damaged("fax, " + what);
    }

    /** Draws the row that was read last. */
    private void draw(byte[] pixels, int begin) {
        for (int change = 0; before[change] < width; change += 2) {
            for (int x = before[change]; x < before[change + 1]; x++) {
                pixels[begin + x / Byte.SIZE] |= (byte) (0x80 >> x % Byte.SIZE);
            }
        }
    }
}
