package dev.cyclestream.cli.value;

import dev.cyclestream.option.InputFolder;
import dev.cyclestream.option.Place;
import java.util.Optional;

/** Outputs to compare: the name of a topic, or with a slash in it the path of a folder. */
public record ComparedPlace(String text) implements Place {

    public ComparedPlace {
        if (isFolder(text)) {
            InputFolder.parse(text);
        } else {
            new TopicName(text);
        }
    }

    @Override
    public Optional<String> fault() {
        return isFolder(text) ? InputFolder.parse(text).fault() : Optional.empty();
    }

    private static boolean isFolder(String text) {
        return text.contains("/");
    }

    @Override
    public String toString() {
        return text;
    }
}
