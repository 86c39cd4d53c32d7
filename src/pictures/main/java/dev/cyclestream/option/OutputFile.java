package dev.cyclestream.option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file that is written; its folder is made if it is missing. */
public record OutputFile(Path path) implements Place {

    /**
     * Reads a path.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static OutputFile parse(String text) {
        return new OutputFile(Paths.parse(text));
    }

    @Override
    public Optional<String> fault() {
        if (Files.isRegularFile(path)) {
            return Files.isWritable(path)
                    ? Optional.empty()
                    : Optional.of("expected a file that may be written, found " + path);
        }
        return Files.exists(path)
                ? Optional.of("expected a file to write, found %s at %s".formatted(Paths.kindOf(path), path))
                : new OutputFolder(path.toAbsolutePath().getParent()).fault();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
