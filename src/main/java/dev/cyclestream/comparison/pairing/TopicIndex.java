package dev.cyclestream.comparison.pairing;

import dev.cyclestream.event.Direction;
import dev.cyclestream.event.Provenance;
import dev.cyclestream.event.TranslatedImage;
import dev.cyclestream.topic.PassedOver;
import dev.cyclestream.topic.TopicRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;

/** An index of a topic of translated images by source partition. */
public final class TopicIndex {

    private static final long REPORT_EVERY = 100;

    private final String topic;
    private final int partitions;
    private final Map<SourcePartition, OffsetIndex> indices = new TreeMap<>();
    private final Map<String, List<String>> topicIds = new TreeMap<>();
    private final NavigableSet<String> replays = new TreeSet<>();
    private Optional<Direction> direction = Optional.empty();
    private long records;
    private final PassedOver passedOver;

    private TopicIndex(TopicRecords topic) {
        this.topic = topic.topic();
        this.partitions = topic.partitions();
        passedOver = topic.passedOver();
    }

    /**
     * Reads the whole topic once. What comes of it is to be settled before it is asked.
     *
     * @param split of a roll-out: the only one whose translations count; empty if all do
     * @param progress is told how many records were read so far
     * @throws IllegalArgumentException if it holds translations of both directions
     */
    public static TopicIndex of(TopicRecords topic, Optional<Long> split, LongConsumer progress) {
        TopicIndex index = new TopicIndex(topic);
        long[] read = new long[1];
        topic.scan(record -> {
            record.translated()
                    .ifPresentOrElse(
                            image -> {
                                if (isOf(split, image)) {
                                    index.add(image, record.partition(), record.offset());
                                }
                            },
                            () -> index.passedOver.add(
                                    record.partition(),
                                    record.offset(),
                                    "expected a translated image, found an image event"));
            read[0]++;
            if (read[0] % REPORT_EVERY == 0) {
                progress.accept(read[0]);
            }
        });
        progress.accept(read[0]);
        return index;
    }

    private static boolean isOf(Optional<Long> split, TranslatedImage image) {
        return split.isEmpty() || split.get().equals(image.getProvenance().getSplit());
    }

    private void add(TranslatedImage image, int partition, long offset) {
        if (direction.isPresent() && direction.get() != image.getDirection()) {
            throw new IllegalArgumentException(
                    "%s: expected translations of one direction, found %s and, in partition %d at offset %d, %s"
                            .formatted(topic, direction.get(), partition, offset, image.getDirection()));
        }
        direction = Optional.of(image.getDirection());
        Provenance provenance = image.getProvenance();
        SourcePartition source = SourcePartition.of(provenance);
        List<String> ids = topicIds.computeIfAbsent(source.topic(), unused -> new ArrayList<>());
        source.topicId().filter(id -> !ids.contains(id)).ifPresent(ids::add);
        indices.computeIfAbsent(source, unused -> new OffsetIndex())
                .add(provenance.getSourceOffset(), partition, offset);
        Optional.ofNullable(provenance.getReplay()).ifPresent(replays::add);
        records++;
    }

    /** The ids of the source topics of each name, in the order in which their translations came. */
    Map<String, List<String>> topicIds() {
        return topicIds;
    }

    /**
     * Brings the translations into the order of their sources.
     *
     * @param naming what each source is called from here on; those that get the same name become one
     */
    void settle(UnaryOperator<SourcePartition> naming) {
        Map<SourcePartition, OffsetIndex> named = new TreeMap<>();
        indices.forEach((source, offsets) -> named.merge(naming.apply(source), offsets, OffsetIndex::with));
        indices.clear();
        indices.putAll(named);
        indices.forEach((source, offsets) -> offsets.settle(source.partition() % partitions));
    }

    /** The translations of a source partition; none if there are none. */
    public OffsetIndex of(SourcePartition source) {
        return indices.getOrDefault(source, new OffsetIndex());
    }

    SortedSet<SourcePartition> sources() {
        return new TreeSet<>(indices.keySet());
    }

    /** The direction of the translations; empty if there are none. */
    Optional<Direction> direction() {
        return direction;
    }

    /** Names of the replays that wrote translations. */
    NavigableSet<String> replays() {
        return replays;
    }

    /** Translated images in the topic. */
    long records() {
        return records;
    }

    /** Records that are no translated images. */
    PassedOver others() {
        return passedOver;
    }

    /** Translations that a later one of the same source offset took the place of. */
    long replaced() {
        return indices.values().stream().mapToLong(OffsetIndex::replaced).sum();
    }

    /** Those of them of which nobody knows whether they are earlier. */
    long scattered() {
        return indices.values().stream().mapToLong(OffsetIndex::scattered).sum();
    }
}
