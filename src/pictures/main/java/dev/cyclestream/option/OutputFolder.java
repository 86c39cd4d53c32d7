package dev.cyclestream.option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** A folder that is written to, and made if it is missing. */
public record OutputFolder(Path path) implements Place {

    /**
     * Reads a path.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static OutputFolder parse(String text) {
        return new OutputFolder(Paths.parse(text));
    }

    @Override
    public Optional<String> fault() {
        Path existing = path.toAbsolutePath();
        while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing)) {
            return Optional.of("expected a folder, found %s at %s".formatted(Paths.kindOf(existing), existing));
        }
        return Files.isWritable(existing) && Files.isExecutable(existing)
                ? Optional.empty()
                : Optional.of("expected a folder that may be written to, found " + existing);
    }

    /** Its path with all links seen through, also if it is yet to be made. */
    public Path realPath() throws IOException {
        Path absolute = path.toAbsolutePath();
        Path existing = absolute;
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        return existing.toRealPath().resolve(existing.relativize(absolute)).normalize();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
