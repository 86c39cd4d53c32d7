package dev.cyclestream.kafka;

import java.util.Map;

/**
 * The limits of the topics that are written to, as they were when the application started. Where a topic is changed later, its
 * brokers refuse what does not fit, and {@link dev.cyclestream.deadletter.FailedRecords} finds the culprit.
 *
 * @param topics by name
 */
public record OutputLimits(Map<String, TopicLimits> topics) {

    /** Room for id, provenance, key and headers beside the image. */
    public static final int OVERHEAD = 64 << 10;

    public OutputLimits {
        topics = Map.copyOf(topics);
    }

    /** No limits but those of arrays, for topologies without a broker. */
    public static OutputLimits none() {
        return new OutputLimits(Map.of());
    }

    public TopicLimits of(String topic) {
        return topics.getOrDefault(topic, TopicLimits.NONE);
    }

    /** The largest record that any of the topics takes; 0 if there are none. */
    public int largestRecordBytes() {
        return topics.values().stream()
                .mapToInt(TopicLimits::maxRecordBytes)
                .max()
                .orElse(0);
    }
}
