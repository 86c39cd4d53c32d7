package dev.cyclestream.comparison.pairing;

import dev.cyclestream.event.Provenance;
import java.util.Optional;

/** The position of an input, which both of its translations have in common. */
public record SourcePosition(SourcePartition partition, long offset) {

    static SourcePosition of(Provenance provenance) {
        return new SourcePosition(SourcePartition.of(provenance), provenance.getSourceOffset());
    }

    /** True if both are the same, but for what is known of the topic's id. */
    boolean isSameOffset(SourcePosition other) {
        return offset == other.offset
                && partition.withTopicId(Optional.empty()).equals(other.partition.withTopicId(Optional.empty()));
    }

    @Override
    public String toString() {
        return "%s offset %d".formatted(partition, offset);
    }
}
