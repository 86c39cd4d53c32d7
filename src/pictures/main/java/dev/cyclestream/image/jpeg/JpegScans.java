package dev.cyclestream.image.jpeg;

import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.ImageRejectedException.Reason;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The scans of a JPEG. Each costs a pass over the whole image, even an empty one: thousands fit into 200 KB. Encoders write
 * about 10.
 */
final class JpegScans {

    private static final int MOST = 100;
    private static final int COEFFICIENTS = 64;

    /** By the component's name: the coefficients of which all bits have come. */
    private final Map<Character, BitSet> complete = new HashMap<>();

    private int count;

    /**
     * @param header of a scan: the components, and which bits of which coefficients they have in it
     * @throws ImageRejectedException if there are more than any encoder writes
     */
    void add(ByteBuffer header) {
        count++;
        if (count > MOST) {
            throw new ImageRejectedException(
                    Reason.IMAGE_TOO_LARGE, "expected at most %d scans in a JPEG, found more".formatted(MOST));
        }
        int components = header.hasRemaining() ? header.get(0) : 0;
        int selection = 1 + 2 * components;
        if (components < 1 || header.limit() < selection + 3) {
            return;
        }
        int first = header.get(selection) & 0x3F;
        int lastBit = header.get(selection + 2) & 0xF;
        for (int component = 0; component < components && lastBit == 0; component++) {
            complete.computeIfAbsent((char) Byte.toUnsignedInt(header.get(1 + 2 * component)), name -> new BitSet())
                    .set(first, Math.max(first, header.get(selection + 1) & 0x3F) + 1);
        }
    }

    int count() {
        return count;
    }

    /** True if a scan with the last bit of every coefficient has begun. */
    boolean hasAll(JpegFrame frame) {
        int least = frame.isProgressive() ? COEFFICIENTS : 1;
        return frame.ids().chars().allMatch(id -> {
            BitSet found = complete.get((char) id);
            return found != null && found.cardinality() >= least;
        });
    }
}
