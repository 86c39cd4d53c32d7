package dev.cyclestream.comparison.pairing;

import java.nio.file.Path;

/** The place of outputs: a topic, or a folder as {@code collect} writes it. */
public sealed interface OutputLocation {

    /** A topic of translated images. */
    record InTopic(String topic) implements OutputLocation {}

    /** A folder of translated images, each under its id. */
    record InFolder(Path path) implements OutputLocation {}

    /** A name with a slash in it is a folder, {@code ./NAME} for example, since no topic's name has one. */
    static OutputLocation parse(String text) {
        return text.contains("/") ? new InFolder(Path.of(text)) : new InTopic(text);
    }
}
