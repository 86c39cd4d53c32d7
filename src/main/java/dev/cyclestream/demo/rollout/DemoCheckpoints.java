package dev.cyclestream.demo.rollout;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.checkpoint.ReorderedChannels;
import dev.cyclestream.demo.Demo;
import dev.cyclestream.event.Direction;
import dev.cyclestream.process.TemporaryFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The two checkpoints of the demo as files, since a roll-out names files: the one that comes with this program, and a candidate made
 * of it, whose results have other colours. They are gone when this is closed.
 */
final class DemoCheckpoints implements AutoCloseable {

    static final Direction DIRECTION = Direction.A_TO_B;
    private static final ReorderedChannels GREEN_BLUE_RED = new ReorderedChannels(List.of(1, 2, 0));

    private final Path folder;
    private final Path stable;
    private final Path candidate;

    private DemoCheckpoints(Path folder) {
        this.folder = folder;
        stable = folder.resolve("a-to-b.onnx");
        candidate = folder.resolve("a-to-b-recoloured.onnx");
    }

    static DemoCheckpoints write() throws IOException {
        DemoCheckpoints files =
                new DemoCheckpoints(Files.createTempDirectory(TemporaryFolder.path(), "cyclestream-demo"));
        try {
            Checkpoint shipped = Demo.checkpoint(DIRECTION);
            try (InputStream content = shipped.content()) {
                Files.copy(content, files.stable);
            }
            Files.write(files.candidate, GREEN_BLUE_RED.of(shipped));
            return files;
        } catch (IOException | RuntimeException e) {
            files.close();
            throw e;
        }
    }

    /** The file of the one that comes with this program. */
    Path stable() {
        return stable;
    }

    /** The file of the one that was made of it. */
    Path candidate() {
        return candidate;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(stable);
        Files.deleteIfExists(candidate);
        Files.deleteIfExists(folder);
    }
}
