package dev.cyclestream.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that gets its name when all of it is there, and is gone if that does not come about. Everybody may read it whom the
 * process lets read its files.
 */
final class PartialFile implements AutoCloseable {

    private static final String SUFFIX = ".partial";

    private final Path aside;

    /** Makes an empty file beside the place of the finished one; the folder is made if it is missing. */
    PartialFile(Path target) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        aside = folder.resolve("." + UUID.randomUUID() + SUFFIX);
        Files.newOutputStream(aside, StandardOpenOption.CREATE_NEW).close();
    }

    /** What to write to. */
    Path path() {
        return aside;
    }

    /** Gives it its name, in place of what had it. */
    void become(Path target) throws IOException {
        Files.move(aside, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(aside);
    }
}
