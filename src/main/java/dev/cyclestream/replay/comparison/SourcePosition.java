package dev.cyclestream.replay.comparison;

import dev.cyclestream.event.Provenance;

/** Where an input was: what both of its translations have in common. */
record SourcePosition(SourcePartition partition, long offset) {

    static SourcePosition of(Provenance provenance) {
        return new SourcePosition(
                new SourcePartition(provenance.getSourceTopic(), provenance.getSourcePartition()),
                provenance.getSourceOffset());
    }

    @Override
    public String toString() {
        return "%s offset %d".formatted(partition, offset);
    }
}
