package dev.cyclestream.comparison.pairing;

import java.nio.file.Path;
import java.util.Optional;

/** The place of outputs: a topic, or a folder as {@code collect} writes it. */
public sealed interface OutputLocation {

    /**
     * A topic of translated images.
     *
     * @param split of a roll-out: the only one whose images count; empty if all do
     */
    record InTopic(String topic, Optional<Long> split) implements OutputLocation {

        /** All images of a topic. */
        public InTopic(String topic) {
            this(topic, Optional.empty());
        }
    }

    /** A folder of translated images, each under its id. */
    record InFolder(Path path) implements OutputLocation {}

    /** A name with a slash in it is a folder, {@code ./NAME} for example, since no topic's name has one. */
    static OutputLocation parse(String text) {
        return text.contains("/") ? new InFolder(Path.of(text)) : new InTopic(text);
    }
}
