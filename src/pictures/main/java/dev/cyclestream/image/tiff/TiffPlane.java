package dev.cyclestream.image.tiff;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The rows of one strip or tile, read one after the other: of all samples, or of one. */
final class TiffPlane {

    private final InputStream input;
    private final TiffSamples samples;
    private final TiffLayout layout;
    private final byte[] stored;
    private final int[] row;

    /** The rows and columns of the image that a stored row and column stand for, where they do so for one sample alone. */
    private final int horizontal;

    private final int vertical;

    /** Rows whose colours are stored once for several pixels, among their luma. */
    private final boolean blocks;

    private TiffPlane(
            InputStream input, TiffSamples samples, TiffLayout layout, int bands, Storage storage, int columns) {
        this.input = input;
        this.samples = samples;
        this.layout = layout;
        this.blocks = storage == Storage.BLOCKS;
        boolean shared = storage == Storage.SHARED;
        this.horizontal = shared ? layout.horizontal() : 1;
        this.vertical = shared || blocks ? layout.vertical() : 1;
        this.stored = new byte[storedRow(samples, layout, storage)];
        this.row = new int[(columns + horizontal - 1) / horizontal * bands];
    }

    enum Storage {
        /** Each sample of each pixel. */
        PLAIN,
        /** Luma of several pixels, then their colour differences. */
        BLOCKS,
        /** One colour difference for several pixels. */
        SHARED
    }

    /**
     * @param bands samples of a pixel in it
     * @param columns of the image in it
     * @param rows of the image in it
     */
    static TiffPlane open(
            TiffTiles tiles,
            int tile,
            TiffSamples samples,
            TiffLayout layout,
            Storage storage,
            int bands,
            int columns,
            int rows)
            throws IOException {
        int vertical = storage == Storage.PLAIN ? 1 : layout.vertical();
        InputStream input = tiles.open(tile, storedRow(samples, layout, storage), (rows + vertical - 1) / vertical);
        return new TiffPlane(input, samples, layout, bands, storage, columns);
    }

    private static int storedRow(TiffSamples samples, TiffLayout layout, Storage storage) {
        int columns = (layout.tileWidth() + layout.horizontal() - 1) / layout.horizontal();
        return switch (storage) {
            case PLAIN -> samples.rowBytes(layout.tileWidth());
            case SHARED -> samples.rowBytes(columns);
            case BLOCKS -> columns * (layout.horizontal() * layout.vertical() + 2) * layout.bits()[0] / Byte.SIZE;
        };
    }

    /**
     * Reads the next row.
     *
     * @param y counts them
     * @param target gets all samples, or every {@code step}th from {@code first} on
     * @throws EOFException if the data ends before
     */
    void read(int y, int[] target, int first, int step) throws IOException {
        if (y % vertical == 0) {
            if (input.readNBytes(stored, 0, stored.length) < stored.length) {
                throw new EOFException();
            }
            if (!blocks) {
                samples.read(stored, row);
            }
        }
        if (blocks) {
            samples.read(unfolded(y % vertical), row);
        }
        if (step == 1) {
            System.arraycopy(row, 0, target, 0, target.length);
        } else {
            for (int x = 0, to = first; to < target.length; x++, to += step) {
                target[to] = row[x / horizontal];
            }
        }
    }

    private byte[] unfolded(int line) {
        int size = layout.bits()[0] / Byte.SIZE;
        int lumas = layout.horizontal() * layout.vertical();
        byte[] plain = new byte[row.length * size];
        for (int x = 0; x < row.length / 3; x++) {
            int block = x / layout.horizontal() * (lumas + 2);
            int luma = block + line * layout.horizontal() + x % layout.horizontal();
            System.arraycopy(stored, luma * size, plain, x * 3 * size, size);
            System.arraycopy(stored, (block + lumas) * size, plain, (x * 3 + 1) * size, 2 * size);
        }
        return plain;
    }
}
