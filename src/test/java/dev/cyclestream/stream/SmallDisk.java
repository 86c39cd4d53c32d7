package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A disk of 64 KiB, in memory; tests that need one are skipped where it cannot be mounted, which takes rights. */
public record SmallDisk(Path path) implements AutoCloseable {

    /** Mounts one at a place that may be missing. */
    public static SmallDisk mount(Path path) throws IOException {
        Files.createDirectories(path);
        boolean mounted = command("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", path.toString()) == 0;
        if (!mounted) {
            System.err.println("SKIPPED: a test of a disk that is full, since none can be mounted without rights");
        }
        assumeTrue(mounted);
        return new SmallDisk(path);
    }

    /** Makes room. */
    public void grow() throws IOException {
        assertThat(command("mount", "-o", "remount,size=16m", path.toString())).isZero();
    }

    /** All that is on it. */
    public List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** Deletes all that is on it. */
    public void clear() throws IOException {
        for (Path file : files()) {
            Files.delete(file);
        }
    }

    private static int command(String... command) throws IOException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .join()
                    .exitValue();
        } catch (IOException e) {
            return -1; // there is no such program
        }
    }

    @Override
    public void close() throws IOException {
        command("umount", "-l", path.toString());
    }
}
