package dev.cyclestream.image.gif;

import dev.cyclestream.image.ImageRejectedException;
import java.nio.ByteBuffer;

/** The data of a GIF: blocks of up to 255 bytes, and in those of a frame LZW codes of indices into its palette (GIF89a, appendix F). */
final class GifCodes {

    private static final int MOST_BITS = 12;
    private static final int NONE = -1;

    private final ByteBuffer file;
    private final int clear;
    private final byte[] indices;
    private int found;

    private final int[] prefixes = new int[1 << MOST_BITS];
    private final byte[] suffixes = new byte[1 << MOST_BITS];
    private final byte[] reversed = new byte[(1 << MOST_BITS) + 1];
    private int next;
    private int bits;
    private int previous;
    private byte first;

    private int leftInBlock;
    private int buffered;
    private int bufferedBits;

    private GifCodes(ByteBuffer file, int bits, int count) {
        this.file = file;
        this.clear = 1 << bits;
        this.indices = new byte[count];
        reset();
    }

    /** Passes over blocks up to the empty one. */
    static void skip(ByteBuffer file) {
        while (file.hasRemaining()) {
            int length = Byte.toUnsignedInt(file.get());
            if (length == 0) {
                return;
            }
            file.position(Math.min(file.limit(), file.position() + length));
        }
    }

    /** @throws ImageRejectedException if there are fewer indices */
    static byte[] read(ByteBuffer file, int count) {
        int bits = file.hasRemaining() ? Byte.toUnsignedInt(file.get()) : 0;
        if (bits < 1 || bits >= MOST_BITS) {
            throw ImageRejectedException.damaged(
                    "GIF: expected codes of 1 to %d bits, found %d".formatted(MOST_BITS - 1, bits), null);
        }
        GifCodes codes = new GifCodes(file, bits, count);
        while (codes.found < count) {
            if (!codes.take(codes.nextCode())) {
                throw ImageRejectedException.damaged(
                        "GIF: expected %d pixels, found %d".formatted(count, codes.found), null);
            }
        }
        return codes.indices;
    }

    private void reset() {
        next = clear + 2;
        bits = Integer.numberOfTrailingZeros(clear) + 1;
        previous = NONE;
    }

    /** True if the code is one that can stand here. */
    private boolean take(int code) {
        if (code == clear) {
            reset();
            return true;
        }
        if (code == NONE || code == clear + 1 || code > next || (previous == NONE && code >= clear)) {
            return false;
        }
        int length = 0;
        int rest = code;
        if (code == next) { // the string before, and its first index again
            reversed[length++] = first;
            rest = previous;
        }
        while (rest >= clear) {
            reversed[length++] = suffixes[rest];
            rest = prefixes[rest];
        }
        first = (byte) rest;
        reversed[length++] = first;
        while (length > 0 && found < indices.length) {
            indices[found++] = reversed[--length];
        }
        learn();
        previous = code;
        return true;
    }

    private void learn() {
        if (previous == NONE || next == 1 << MOST_BITS) {
            return;
        }
        prefixes[next] = previous;
        suffixes[next] = first;
        next++;
        if (next == 1 << bits && bits < MOST_BITS) {
            bits++;
        }
    }

    private int nextCode() {
        while (bufferedBits < bits) {
            if (leftInBlock == 0) {
                leftInBlock = file.hasRemaining() ? Byte.toUnsignedInt(file.get()) : 0;
            }
            if (leftInBlock == 0 || !file.hasRemaining()) {
                return NONE;
            }
            buffered |= Byte.toUnsignedInt(file.get()) << bufferedBits;
            bufferedBits += Byte.SIZE;
            leftInBlock--;
        }
        int code = buffered & ((1 << bits) - 1);
        buffered >>>= bits;
        bufferedBits -= bits;
        return code;
    }
}
