package dev.cyclestream.comparison.pairing;

import java.nio.file.Path;

/** Where outputs are: in a topic, or in a folder as {@code collect} writes it. */
public sealed interface OutputLocation {

    /** A topic of translated images. */
    record InTopic(String topic) implements OutputLocation {}

    /** A folder of translated images, each under its id. */
    record InFolder(Path path) implements OutputLocation {}

    /** What has a slash in it is a folder, {@code ./NAME} for example, since no topic's name has one. */
    static OutputLocation parse(String text) {
        return text.contains("/") ? new InFolder(Path.of(text)) : new InTopic(text);
    }
}
