package dev.cyclestream.inference;

import dev.cyclestream.checkpoint.Checkpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** The checkpoints that the demo uses, for tests. */
public final class DemoCheckpoint {

    private DemoCheckpoint() {}

    public static Checkpoint aToB() {
        return open("a-to-b.onnx");
    }

    public static Checkpoint bToA() {
        return open("b-to-a.onnx");
    }

    /** The file itself, for commands. */
    public static Path file(String name) {
        try {
            return Path.of(
                    DemoCheckpoint.class.getResource("/checkpoints/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Checkpoint open(String name) {
        try (InputStream content = DemoCheckpoint.class.getResourceAsStream("/checkpoints/" + name)) {
            return Checkpoint.open(name, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
