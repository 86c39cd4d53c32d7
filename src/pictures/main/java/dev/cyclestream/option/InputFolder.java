package dev.cyclestream.option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A folder that is read. */
public record InputFolder(Path path) implements Place {

    /**
     * Reads a path.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static InputFolder parse(String text) {
        return new InputFolder(Paths.parse(text));
    }

    @Override
    public Optional<String> fault() {
        if (!Files.isDirectory(path)) {
            return Optional.of("expected a folder, found %s at %s".formatted(Paths.kindOf(path), path));
        }
        return Files.isReadable(path) && Files.isExecutable(path)
                ? Optional.empty()
                : Optional.of("expected a folder that may be read, found " + path);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
