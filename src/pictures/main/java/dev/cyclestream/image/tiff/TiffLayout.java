package dev.cyclestream.image.tiff;

import java.util.Arrays;

/**
 * The layout of a TIFF's samples in its file. Strips are tiles as wide as the image.
 *
 * @param bits of each sample of a pixel
 * @param formats of each: 1 without sign, 2 with sign, 3 floating point
 * @param planar whether each sample has tiles of its own
 * @param offsets of the tiles, from left to right, then from top to bottom, then by sample
 * @param lengths of the tiles in bytes; {@link Long#MAX_VALUE} where the file does not say
 * @param horizontal pixels side by side that share their colour differences
 * @param vertical pixels one above the other that share them
 */
@SuppressWarnings("ArrayRecordComponent") // local to the decoder of one image
record TiffLayout(
        int width,
        int height,
        int[] bits,
        int[] formats,
        boolean planar,
        int tileWidth,
        int tileHeight,
        long[] offsets,
        long[] lengths,
        int horizontal,
        int vertical) {

    static final int FLOAT = 3;

    static final int YCBCR = 6;
    private static final int MOST_BITS_A_PIXEL = 1024;
    private static final int MOST_BITS = 64;
    private static final long MOST_ROW_BYTES = 64 << 20;

    static TiffLayout of(TiffDirectory directory) {
        int width = directory.number(TiffTag.WIDTH, "width");
        int height = directory.number(TiffTag.HEIGHT, "height");
        int samples = (int) Math.min(directory.number(TiffTag.SAMPLES, 1), MOST_BITS_A_PIXEL + 1);
        int[] bits = perSample(directory, TiffTag.BITS, samples);
        int[] formats = perSample(directory, TiffTag.SAMPLE_FORMAT, samples);
        requireReadable(bits, formats);
        boolean tiled = directory.has(TiffTag.TILE_WIDTH) && directory.has(TiffTag.TILE_HEIGHT);
        int tileWidth = tiled ? directory.number(TiffTag.TILE_WIDTH, "tile width") : width;
        long rows = tiled
                ? directory.number(TiffTag.TILE_HEIGHT, "tile height")
                : directory.number(TiffTag.ROWS_PER_STRIP, height);
        int tileHeight = (int) (rows < 1 ? height : Math.min(rows, height));
        boolean planar = directory.number(TiffTag.PLANAR, 1) == 2 && samples > 1;
        long[] subsampling = directory.number(TiffTag.PHOTOMETRIC, 0) == YCBCR
                ? directory.numbers(TiffTag.YCBCR_SUBSAMPLING).orElse(new long[] {2, 2})
                : new long[] {1, 1};
        if (subsampling.length != 2 || !isSubsampling(subsampling[0]) || !isSubsampling(subsampling[1])) {
            throw TiffDirectory.damaged(
                    "chroma: expected one for 1, 2 or 4 pixels, found " + Arrays.toString(subsampling));
        }
        if ((long) tileWidth * Arrays.stream(bits).sum() / Byte.SIZE * 4 > MOST_ROW_BYTES) {
            throw TiffDirectory.damaged("expected narrower tiles, found %d pixels".formatted(tileWidth));
        }
        long[] offsets = offsets(directory, tiled);
        TiffLayout layout = new TiffLayout(
                width,
                height,
                bits,
                formats,
                planar,
                tileWidth,
                tileHeight,
                offsets,
                lengths(directory, tiled, offsets.length),
                (int) subsampling[0],
                (int) subsampling[1]);
        long expected = (long) layout.across() * layout.down() * (planar ? samples : 1);
        if (offsets.length < expected) {
            throw TiffDirectory.damaged("expected %d strips or tiles, found %d".formatted(expected, offsets.length));
        }
        return layout;
    }

    private static boolean isSubsampling(long pixels) {
        return pixels == 1 || pixels == 2 || pixels == 4;
    }

    /** Many a file names them once for all samples. */
    private static int[] perSample(TiffDirectory directory, int tag, int samples) {
        long[] found = directory.numbers(tag).orElse(new long[] {1});
        int[] values = new int[samples];
        for (int i = 0; i < samples; i++) {
            values[i] = (int) Math.min(Integer.MAX_VALUE, found[Math.min(i, found.length - 1)]);
        }
        return values;
    }

    private static void requireReadable(int[] bits, int[] formats) {
        if (Arrays.stream(bits).asLongStream().sum() > MOST_BITS_A_PIXEL) {
            throw TiffKinds.unsupported("%d samples a pixel".formatted(bits.length));
        }
        for (int i = 0; i < bits.length; i++) {
            if (bits[i] < 1 || bits[i] > MOST_BITS) {
                throw TiffKinds.unsupported("%d bits a sample".formatted(bits[i]));
            }
            if (formats[i] == FLOAT && bits[i] != 16 && bits[i] != 24 && bits[i] != 32 && bits[i] != 64) {
                throw TiffKinds.unsupported("floating point of %d bits".formatted(bits[i]));
            }
            if (formats[i] == 5 || formats[i] == 6) {
                throw TiffKinds.unsupported("complex numbers");
            }
        }
    }

    private static long[] offsets(TiffDirectory directory, boolean tiled) {
        return directory
                .numbers(tiled ? TiffTag.TILE_OFFSETS : TiffTag.STRIP_OFFSETS)
                .or(() -> directory.numbers(TiffTag.STRIP_OFFSETS))
                .orElseThrow(() -> TiffDirectory.damaged("expected offsets of strips or tiles, found none"));
    }

    private static long[] lengths(TiffDirectory directory, boolean tiled, int count) {
        long[] stated = directory
                .numbers(tiled ? TiffTag.TILE_BYTES : TiffTag.STRIP_BYTES)
                .or(() -> directory.numbers(TiffTag.STRIP_BYTES))
                .orElse(new long[0]);
        long[] lengths = new long[count];
        for (int i = 0; i < count; i++) {
            lengths[i] = i < stated.length && stated[i] > 0 ? stated[i] : Long.MAX_VALUE;
        }
        return lengths;
    }

    int across() {
        return (int) (((long) width + tileWidth - 1) / tileWidth);
    }

    int down() {
        return (int) (((long) height + tileHeight - 1) / tileHeight);
    }

    int samples() {
        return bits.length;
    }

    boolean isSubsampled() {
        return horizontal > 1 || vertical > 1;
    }
}
