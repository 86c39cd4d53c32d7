package dev.cyclestream.stream;

import java.util.Map;

/**
 * How large a record each topic takes.
 *
 * @param maxMessageBytes {@code max.message.bytes} by topic
 */
public record OutputLimits(Map<String, Integer> maxMessageBytes) {

    /** Room for id, provenance, key and headers beside the image. */
    static final int OVERHEAD = 64 << 10;

    public OutputLimits {
        maxMessageBytes = Map.copyOf(maxMessageBytes);
    }

    /** No limits but those of arrays, for topologies without a broker. */
    public static OutputLimits none() {
        return new OutputLimits(Map.of());
    }

    /** The largest encoded image that fits into a record of this topic. */
    int maxImageBytes(String topic) {
        return maxMessageBytes.getOrDefault(topic, Integer.MAX_VALUE) - OVERHEAD;
    }
}
