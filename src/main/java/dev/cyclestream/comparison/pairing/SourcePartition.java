package dev.cyclestream.comparison.pairing;

import dev.cyclestream.event.Provenance;
import java.util.Comparator;
import java.util.Optional;

/**
 * A partition of a topic of inputs.
 *
 * @param topicId tells topics of one name apart, of which one was deleted and the next made anew; empty where that is not known,
 *     or where there is only one
 */
public record SourcePartition(String topic, Optional<String> topicId, int partition)
        implements Comparable<SourcePartition> {

    private static final Comparator<SourcePartition> ORDER = Comparator.comparing(SourcePartition::topic)
            .thenComparing(SourcePartition::partition)
            .thenComparing(source -> source.topicId().orElse(""));

    static SourcePartition of(Provenance provenance) {
        return new SourcePartition(
                provenance.getSourceTopic(),
                Optional.ofNullable(provenance.getSourceTopicId()),
                provenance.getSourcePartition());
    }

    /** Of the topic of this id. */
    public SourcePartition withTopicId(Optional<String> id) {
        return new SourcePartition(topic, id, partition);
    }

    @Override
    public int compareTo(SourcePartition other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return topicId.map(id -> "%s (id %s) partition %d".formatted(topic, id, partition))
                .orElseGet(() -> "%s partition %d".formatted(topic, partition));
    }
}
