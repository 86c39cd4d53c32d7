package dev.cyclestream.demo.rollout;

import dev.cyclestream.event.Provenance;
import dev.cyclestream.topic.CollectedImage;
import java.time.Instant;
import java.util.Optional;

/**
 * A translated image as it came out of a topic.
 *
 * @param image with provenance
 * @param at when its reader saw it
 */
record MadeImage(CollectedImage image, Instant at) {

    /**
     * The position of an image in the input topic.
     *
     * @param partition of the input
     * @param offset in that partition
     */
    record Position(int partition, long offset) implements Comparable<Position> {
        @Override
        public int compareTo(Position other) {
            return partition == other.partition
                    ? Long.compare(offset, other.offset)
                    : Integer.compare(partition, other.partition);
        }

        @Override
        public String toString() {
            return "partition %d, offset %d".formatted(partition, offset);
        }
    }

    private Provenance provenance() {
        return image.provenance()
                .orElseThrow(() -> new IllegalArgumentException(image.imageId() + ": expected provenance, found none"));
    }

    String imageId() {
        return image.imageId();
    }

    Position position() {
        return new Position(provenance().getSourcePartition(), provenance().getSourceOffset());
    }

    int partition() {
        return position().partition();
    }

    /** The decision by which it was made, as it says itself. */
    Decision decision() {
        return new Decision(
                Optional.ofNullable(provenance().getSplit()).orElse(Decision.NO_SPLIT),
                Optional.ofNullable(provenance().getRole()).orElse(""),
                provenance().getCheckpointSha256());
    }
}
