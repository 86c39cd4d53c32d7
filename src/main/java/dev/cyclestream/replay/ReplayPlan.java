package dev.cyclestream.replay;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The work of a replay, fixed once and the same for all its instances. How fast an instance works is its own affair.
 *
 * @param format version of this record
 * @param name of the replay
 * @param plannedAt when
 * @param source what is replayed
 * @param recipe what makes the images
 * @param output where they go
 */
public record ReplayPlan(int format, String name, String plannedAt, Source source, Recipe recipe, Output output) {

    static final int FORMAT = 1;

    /** Of a plan that names no checkpoint, which earlier versions would not understand. */
    static final int FORMAT_OF_SPLITS = 2;

    private static final int MOST_SHOWN = 16;

    /**
     * The replayed range.
     *
     * @param topic of image events
     * @param topicId of the cluster; null in plans of earlier versions
     * @param from where the range begins, in the words of whoever planned it
     * @param to where it ends
     * @param partitions a range for each partition that the topic had
     * @param unread what of the range could not be read when it was planned
     */
    public record Source(
            String topic,
            String topicId,
            String from,
            String to,
            List<PartitionRange> partitions,
            List<Unread> unread) {
        public Source {
            partitions = List.copyOf(partitions);
            unread = unread == null ? List.of() : List.copyOf(unread);
        }
    }

    /**
     * The recipe of the images: the same recipe makes the same images. They are made by one checkpoint, or by those that made the range.
     *
     * @param checkpointName for people; null where splits say which checkpoint
     * @param checkpointSha256 of the checkpoint; null where splits say which
     * @param splits by which the range was made; null where one checkpoint makes all of it
     * @param images how images are read and written
     */
    public record Recipe(String checkpointName, String checkpointSha256, RecordedSplits splits, String images) {

        private static final int DIGITS = 8;

        /** The recipe with one checkpoint. */
        public Recipe(String checkpointName, String checkpointSha256, String images) {
            this(checkpointName, checkpointSha256, null, images);
        }

        /** The recipe with the checkpoints that made the range. */
        public Recipe(RecordedSplits splits, String images) {
            this(null, null, splits, images);
        }

        /** A short word for names of topics. */
        public String mark() {
            return splits == null ? checkpointSha256.substring(0, DIGITS) : "as-scheduled";
        }

        /** The option that it is given by. */
        String option() {
            return splits == null ? "--checkpoint" : "--as-scheduled";
        }

        /** The checkpoint or the splits, such that others look different. */
        String maker() {
            return splits == null ? checkpointSha256 : splits.toString();
        }

        /** This recipe without the splits that were announced after another was written down. */
        Recipe asOf(Recipe planned) {
            return splits == null || planned.splits == null
                    ? this
                    : new Recipe(splits.first(planned.splits.size()), images);
        }

        /** For people. */
        String describe() {
            return splits == null
                    ? "with checkpoint %s (%s)".formatted(checkpointName, checkpointSha256)
                    : "with the checkpoints that made them, " + splits;
        }

        int format() {
            return splits == null ? FORMAT : FORMAT_OF_SPLITS;
        }
    }

    /**
     * The place that the images go to.
     *
     * @param topic of translated images
     * @param isOwn whether the replay made the topic, so that it may be removed with the replay
     */
    public record Output(String topic, boolean isOwn) {}

    public ReplayPlan {
        if (format != FORMAT && format != FORMAT_OF_SPLITS) {
            throw new IllegalArgumentException("replay %s: expected a plan of format %d or %d, found %d"
                    .formatted(name, FORMAT, FORMAT_OF_SPLITS, format));
        }
    }

    /** Offsets to replay, all together. */
    public long length() {
        return source.partitions().stream().mapToLong(PartitionRange::length).sum();
    }

    /** By partition, the first offset that is not replayed. */
    public Map<Integer, Long> bounds() {
        return source.partitions().stream().collect(Collectors.toMap(PartitionRange::partition, PartitionRange::to));
    }

    /** Partitions that have something to replay. */
    public List<PartitionRange> work() {
        return source.partitions().stream().filter(range -> range.length() > 0).toList();
    }

    /** For people. */
    public String describe() {
        return "%s from %s to %s: %d offsets in %d partitions (%s) %s to %s%s"
                .formatted(
                        source.topic(),
                        source.from(),
                        source.to(),
                        length(),
                        work().size(),
                        work().stream()
                                .limit(MOST_SHOWN)
                                .map(range -> "%d: %d to %d".formatted(range.partition(), range.from(), range.to() - 1))
                                .collect(Collectors.joining(", ", "", work().size() > MOST_SHOWN ? " and so on" : "")),
                        recipe.describe(),
                        output.topic(),
                        source.unread().isEmpty() ? "" : ", except for " + Unread.describe(source.unread()));
    }
}
