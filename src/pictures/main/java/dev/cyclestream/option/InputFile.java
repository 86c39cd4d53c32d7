package dev.cyclestream.option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file that is read. */
public record InputFile(Path path) implements Place {

    /**
     * Reads a path.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static InputFile parse(String text) {
        return new InputFile(Paths.parse(text));
    }

    @Override
    public Optional<String> fault() {
        if (!Files.isRegularFile(path)) {
            return Optional.of("expected a file, found %s at %s".formatted(Paths.kindOf(path), path));
        }
        return Files.isReadable(path)
                ? Optional.empty()
                : Optional.of("expected a file that may be read, found " + path);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
