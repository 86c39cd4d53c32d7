package dev.cyclestream.verification;

import dev.cyclestream.event.Provenance;
import dev.cyclestream.event.TranslatedImage;
import dev.cyclestream.topic.InputPosition;

/**
 * An output with what it claims about itself.
 *
 * @param topic that it is in
 * @param image with its provenance
 */
public record ClaimedOutput(String topic, int partition, long offset, TranslatedImage image) {

    Provenance provenance() {
        return image.getProvenance();
    }

    /** The input that it says it was made from. */
    InputPosition source() {
        return new InputPosition(
                provenance().getSourceTopic(),
                provenance().getSourcePartition(),
                provenance().getSourceOffset());
    }

    /** For people: where it is, which image, and what it says made it. */
    @Override
    public String toString() {
        return "%s (%s), made from %s by checkpoint %s (%s), version %s"
                .formatted(
                        new InputPosition(topic, partition, offset),
                        image.getImageId(),
                        source(),
                        provenance().getCheckpointName(),
                        provenance().getCheckpointSha256(),
                        provenance().getApplicationVersion());
    }
}
