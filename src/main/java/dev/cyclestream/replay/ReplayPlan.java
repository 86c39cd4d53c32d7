package dev.cyclestream.replay;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a replay does, fixed once and the same for all its instances. How fast an instance works is its own affair.
 *
 * @param format version of this record
 * @param name of the replay
 * @param sourceTopic that is replayed
 * @param from where the range begins, in the words of whoever planned it
 * @param to where it ends
 * @param checkpointName for people
 * @param checkpointSha256 of the checkpoint
 * @param images how images are read and written
 * @param outputTopic where the images go
 * @param outputTopicIsOwn whether the replay made it, so that it may be removed with the replay
 * @param plannedAt when
 * @param partitions a range for each partition that the source topic had
 */
public record ReplayPlan(
        int format,
        String name,
        String sourceTopic,
        String from,
        String to,
        String checkpointName,
        String checkpointSha256,
        String images,
        String outputTopic,
        boolean outputTopicIsOwn,
        String plannedAt,
        List<PartitionRange> partitions) {

    static final int FORMAT = 1;

    public ReplayPlan {
        if (format != FORMAT) {
            throw new IllegalArgumentException(
                    "replay %s: expected a plan of format %d, found %d".formatted(name, FORMAT, format));
        }
        partitions = List.copyOf(partitions);
    }

    /** Offsets to replay, all together. */
    public long length() {
        return partitions.stream().mapToLong(PartitionRange::length).sum();
    }

    /** By partition, the first offset that is not replayed. */
    public Map<Integer, Long> bounds() {
        return partitions.stream().collect(Collectors.toMap(PartitionRange::partition, PartitionRange::to));
    }

    /** Partitions that have something to replay. */
    public List<PartitionRange> work() {
        return partitions.stream().filter(range -> range.length() > 0).toList();
    }

    /** For people. */
    public String describe() {
        return "%s from %s to %s: %d offsets in %d partitions (%s) with checkpoint %s (%s) to %s"
                .formatted(
                        sourceTopic,
                        from,
                        to,
                        length(),
                        work().size(),
                        work().stream()
                                .map(range -> "%d: %d to %d".formatted(range.partition(), range.from(), range.to() - 1))
                                .collect(Collectors.joining(", ")),
                        checkpointName,
                        checkpointSha256,
                        outputTopic);
    }
}
