package dev.cyclestream.replay.comparison;

import java.util.Comparator;

/** A partition of a topic of inputs. */
record SourcePartition(String topic, int partition) implements Comparable<SourcePartition> {

    private static final Comparator<SourcePartition> ORDER =
            Comparator.comparing(SourcePartition::topic).thenComparing(SourcePartition::partition);

    @Override
    public int compareTo(SourcePartition other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "%s partition %d".formatted(topic, partition);
    }
}
