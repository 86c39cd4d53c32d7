package dev.cyclestream.image.tiff;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Turns the bytes of rows into samples of 0 to 255, or to 65535 where there are more than 8 bits. */
final class TiffSamples {

    private static final int FLOATING_PREDICTOR = 3;
    private static final int SIGNED = 2;

    private final int[] bits;
    private final int[] formats;
    private final boolean differences;
    private final boolean floatingDifferences;
    private final ByteOrder order;
    private final int brightest;
    private final boolean asStored;

    /**
     * @param bits of each sample of a pixel in the row
     * @param formats of each
     * @param brightest 255 or 65535
     * @param asStored whether samples are numbers of a palette
     */
    TiffSamples(int[] bits, int[] formats, int predictor, ByteOrder order, int brightest, boolean asStored) {
        this.bits = bits;
        this.formats = formats;
        this.differences = predictor == 2;
        this.floatingDifferences = predictor == FLOATING_PREDICTOR;
        this.order = floatingDifferences ? ByteOrder.BIG_ENDIAN : order;
        this.brightest = brightest;
        this.asStored = asStored;
    }

    int rowBytes(int width) {
        return (int) (((long) Arrays.stream(bits).sum() * width + 7) / 8);
    }

    /** @param samples gets those of as many pixels as it has room for */
    void read(byte[] row, int[] samples) {
        ByteBuffer bytes = ByteBuffer.wrap(floatingDifferences ? withoutFloatingDifferences(row) : row)
                .order(order);
        long[] left = new long[bits.length];
        int bit = 0;
        for (int i = 0; i < samples.length; i++) {
            int sample = i % bits.length;
            long stored = stored(bytes, bit, bits[sample]);
            if (differences) {
                stored = stored + left[sample] & mask(bits[sample]);
                left[sample] = stored;
            }
            samples[i] = asStored && sample == 0 ? (int) stored : scaled(stored, bits[sample], formats[sample]);
            bit += bits[sample];
        }
    }

    private static long stored(ByteBuffer bytes, int bit, int count) {
        int at = bit >>> 3;
        return (bit & 7) != 0
                ? packed(bytes, bit, count)
                : switch (count) {
                    case 8 -> Byte.toUnsignedLong(bytes.get(at));
                    case 16 -> Short.toUnsignedLong(bytes.getShort(at));
                    case 24 -> three(bytes, at);
                    case 32 -> Integer.toUnsignedLong(bytes.getInt(at));
                    case 64 -> bytes.getLong(at);
                    default -> packed(bytes, bit, count);
                };
    }

    private static long three(ByteBuffer bytes, int at) {
        boolean highFirst = bytes.order() == ByteOrder.BIG_ENDIAN;
        long high = Byte.toUnsignedLong(bytes.get(highFirst ? at : at + 2));
        long low = Byte.toUnsignedLong(bytes.get(highFirst ? at + 2 : at));
        return (high << 16) | (Byte.toUnsignedLong(bytes.get(at + 1)) << 8) | low;
    }

    private static long packed(ByteBuffer bytes, int bit, int count) {
        long value = 0;
        for (int i = bit; i < bit + count; i++) {
            int next = bytes.get(i >>> 3) >> (7 - (i & 7));
            value = (value << 1) | (next & 1);
        }
        return value;
    }

    private static long mask(int bits) {
        return -1L >>> (Long.SIZE - bits);
    }

    private int scaled(long stored, int count, int format) {
        if (format == TiffLayout.FLOAT) {
            return (int) Math.round(Math.max(0, Math.min(1, floating(stored, count))) * brightest);
        }
        // Eight bits are said to be signed where they are not, and libtiff does not look.
        long value = format == SIGNED && count > Byte.SIZE ? stored ^ (1L << (count - 1)) : stored;
        long most = mask(count);
        if (most == brightest) {
            return (int) value;
        }
        return (int) Math.round(unsigned(value) * brightest / unsigned(most));
    }

    private static double unsigned(long value) {
        return value >= 0 ? value : value + 0x1p64;
    }

    private static double floating(long stored, int count) {
        return switch (count) {
            case 16 -> small(stored, 5, 10);
            case 24 -> small(stored, 7, 16);
            case 32 -> Float.intBitsToFloat((int) stored);
            default -> Double.longBitsToDouble(stored);
        };
    }

    /** Floating point of a few bits; what is not a number becomes 0 in the end. */
    private static double small(long stored, int exponentBits, int fractionBits) {
        int sign = (stored >> (exponentBits + fractionBits)) == 0 ? 1 : -1;
        int exponent = (int) (stored >> fractionBits & mask(exponentBits));
        double fraction = (stored & mask(fractionBits)) / (double) (1L << fractionBits);
        int bias = (1 << (exponentBits - 1)) - 1;
        if (exponent == mask(exponentBits)) {
            return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
        }
        return sign * (exponent == 0 ? Math.scalb(fraction, 1 - bias) : Math.scalb(1 + fraction, exponent - bias));
    }

    /** Differences between bytes, the most significant ones of all samples first (Adobe's technical note 3). */
    private byte[] withoutFloatingDifferences(byte[] row) {
        int size = bits[0] / Byte.SIZE;
        byte[] sums = row.clone();
        for (int i = bits.length; i < sums.length; i++) {
            sums[i] += sums[i - bits.length];
        }
        byte[] sorted = new byte[row.length];
        int count = row.length / size;
        for (int i = 0; i < count; i++) {
            for (int part = 0; part < size; part++) {
                sorted[i * size + part] = sums[part * count + i];
            }
        }
        return sorted;
    }
}
