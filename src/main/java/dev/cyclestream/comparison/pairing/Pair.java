package dev.cyclestream.comparison.pairing;

import dev.cyclestream.event.Provenance;
import java.io.IOException;
import java.util.Optional;

/**
 * Two translations of one input, not read yet.
 *
 * @param imageId of the event
 * @param source where the input was
 * @param input empty if it is not there any more
 */
public record Pair(String imageId, SourcePosition source, Optional<Image> input, Both<Image> outputs) {

    /** An encoded image that is somewhere. */
    @FunctionalInterface
    public interface Content {

        /**
         * Its bytes.
         *
         * @throws IOException if the file cannot be read
         * @throws dev.cyclestream.topic.UnexpectedRecordException if the image is not where its record says
         */
        byte[] read() throws IOException;
    }

    /**
     * An image of a pair.
     *
     * @param provenance of a translated image in a topic; empty for inputs and files
     */
    public record Image(Content content, Optional<Provenance> provenance) {}

    /** The hash of the input, as both translations say; empty if neither says. */
    public Optional<String> inputSha256() {
        Optional<String> old = outputs.ofOld().provenance().map(Provenance::getInputSha256);
        Optional<String> newer = outputs.ofNew().provenance().map(Provenance::getInputSha256);
        return old.isPresent() ? old : newer;
    }
}
