package dev.cyclestream.replay;

import dev.cyclestream.kafka.Brokers;
import dev.cyclestream.kafka.KafkaConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The positions of a live application in a topic. What lies before them is done; for what lies behind them no checkpoint is decided
 * yet.
 *
 * @param next by partition, the offset of the next image
 */
public record LivePositions(String applicationId, String topic, Map<Integer, Long> next) {

    public LivePositions {
        next = new TreeMap<>(next);
    }

    /** The positions of now; what transactions that are about to end have done is waited for. */
    public static LivePositions of(KafkaConnection connection, String applicationId, String topic) {
        Map<Integer, Long> next = new TreeMap<>();
        try (Brokers brokers = new Brokers(connection)) {
            brokers.committed(applicationId, true).forEach((partition, offset) -> {
                if (partition.topic().equals(topic)) {
                    next.put(partition.partition(), offset);
                }
            });
        }
        return new LivePositions(applicationId, topic, next);
    }

    /**
     * The end of all that is done.
     *
     * @param from where the range begins: if it names partitions, the end is of the same ones
     * @throws IllegalArgumentException if nothing is
     */
    Edge end(Edge from) {
        requireAny();
        Optional<Map<Integer, Long>> named = from.namedOffsets();
        if (named.isEmpty()) {
            return new Edge.Offsets(next);
        }
        Map<Integer, Long> end = new TreeMap<>(named.get());
        end.replaceAll((partition, offset) -> Math.max(offset, position(partition)));
        return new Edge.Offsets(end);
    }

    /**
     * Makes sure that all of a range is done.
     *
     * @throws IllegalArgumentException if not
     */
    void requireDone(List<PartitionRange> ranges) {
        requireAny();
        for (PartitionRange range : ranges) {
            if (range.length() > 0 && range.to() > position(range.partition())) {
                throw new IllegalArgumentException(
                        "--from, --to: expected a range of what application %s has done, found offsets up to %d of partition %d of %s, where its next image is %d; leave out --to, or take offsets such as %d:%d"
                                .formatted(
                                        applicationId,
                                        range.to() - 1,
                                        range.partition(),
                                        topic,
                                        position(range.partition()),
                                        range.partition(),
                                        position(range.partition())));
            }
        }
    }

    private long position(int partition) {
        return next.getOrDefault(partition, 0L);
    }

    private void requireAny() {
        if (next.isEmpty()) {
            throw new IllegalArgumentException(
                    "--application-id: expected an application that has translated images of %s, found no position of %s there"
                            .formatted(topic, applicationId));
        }
    }
}
