package dev.cyclestream.option;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths as people give them. */
final class Paths {

    private Paths() {}

    static Path parse(String text) {
        try {
            if (!text.isBlank()) {
                return Path.of(text);
            }
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "expected a path in %s, found \"%s\"".formatted(System.getProperty("sun.jnu.encoding"), text), e);
        }
        throw new IllegalArgumentException("expected a path, found \"%s\"".formatted(text));
    }

    /** For people. */
    static String kindOf(Path path) {
        if (Files.isDirectory(path)) {
            return "a folder";
        }
        return Files.isRegularFile(path) ? "a file" : Files.exists(path) ? "something else" : "nothing";
    }
}
