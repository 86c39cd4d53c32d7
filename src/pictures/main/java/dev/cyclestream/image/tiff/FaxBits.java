package dev.cyclestream.image.tiff;

/** The bits of a fax, the most significant of each byte first. Behind the end come zeros. */
final class FaxBits {

    private final byte[] data;
    private long at;

    FaxBits(byte[] data) {
        this.data = data;
    }

    long position() {
        return at;
    }

    void position(long bit) {
        at = bit;
    }

    /** @param count up to 16 */
    int peek(int count) {
        int first = (int) (at >>> 3);
        int three = part(first) << 16 | part(first + 1) << 8 | part(first + 2);
        return three >>> (24 - (int) (at & 7) - count) & ((1 << count) - 1);
    }

    private int part(int index) {
        return index < data.length ? Byte.toUnsignedInt(data[index]) : 0;
    }

    void skip(int count) {
        at += count;
    }

    /** To the beginning of a byte, or of a number of bytes. */
    void align(int bits) {
        at = (at + bits - 1) / bits * bits;
    }

    boolean isOver() {
        return at >= data.length * 8L;
    }

    /** True if nothing is left but zeros that fill up the last byte. */
    boolean hasOnlyPadding() {
        return at + Byte.SIZE > data.length * 8L && peek(Byte.SIZE) == 0;
    }

    /** True if more bits were read than there are. */
    boolean isBeyond() {
        return at > data.length * 8L;
    }

    /** Passes over zeros and the one behind them, if there are at least so many zeros; otherwise stays. */
    boolean skipZerosAndOne(int least) {
        long begin = at;
        while (!isOver() && peek(1) == 0) {
            skip(peek(8) == 0 ? 8 : 1);
        }
        if (isOver() || at - begin < least) {
            at = begin;
            return false;
        }
        skip(1);
        return true;
    }

    /** Goes on to where so many zeros begin with a one behind them. Returns whether there is such a place. */
    boolean seekZerosAndOne(int least) {
        do {
            long begin = at;
            if (skipZerosAndOne(least)) {
                at = begin;
                return true;
            }
        } while (skipZerosAndOne(0));
        return false;
    }
}
