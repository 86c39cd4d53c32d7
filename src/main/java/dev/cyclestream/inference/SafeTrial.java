package dev.cyclestream.inference;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.checkpoint.GivenForm;
import dev.cyclestream.checkpoint.ImageGraph.Layout;
import dev.cyclestream.checkpoint.InvalidCheckpointException;
import dev.cyclestream.checkpoint.ValueRange;
import dev.cyclestream.process.TemporaryFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Loads and tries a generator in a process of its own, before this one does: ONNX Runtime cannot be stopped in a loop that
 * never ends or while it takes all the memory, and a process can.
 */
final class SafeTrial {

    /** Loading and a few small images; generous, since the machine may be busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Data that the process may have, beside eight times the file: a JVM and the small images. */
    private static final long BASE_MEMORY = 2L << 30;

    private static final int COPIES_OF_FILE = 8;
    private static final int REFUSED = 3;
    private static final Path SHELL = Path.of("/bin/sh");

    /** The operators that our trainer writes. With others, nobody can say how long a graph runs or how large it becomes. */
    private static final Set<String> OPERATORS_OF_OUR_TRAINER = Set.of(
            "Add",
            "Cast",
            "Clip",
            "Concat",
            "Conv",
            "ConvTranspose",
            "Div",
            "Gather",
            "InstanceNormalization",
            "Mod",
            "Mul",
            "Neg",
            "Pad",
            "Relu",
            "Resize",
            "Round",
            "Shape",
            "Slice",
            "Sub",
            "Tanh",
            "Transpose");

    private final Duration patience;
    private final long memory;

    SafeTrial(Duration patience, long memory) {
        this.patience = patience;
        this.memory = memory;
    }

    static SafeTrial of(Checkpoint checkpoint) {
        return new SafeTrial(PATIENCE, BASE_MEMORY + COPIES_OF_FILE * (long) checkpoint.size());
    }

    /** True if a checkpoint is of a kind that needs no trial. */
    static boolean isNeedless(Checkpoint checkpoint) {
        return checkpoint.metadata().isPresent() && OPERATORS_OF_OUR_TRAINER.containsAll(checkpoint.operators());
    }

    /** @throws InvalidCheckpointException if it does not end in time, takes too much memory, or cannot be used */
    void require(Checkpoint checkpoint) {
        try {
            Path said = Files.createTempFile(TemporaryFolder.path(), "trial", ".txt");
            try {
                Process process = start(checkpoint, said);
                try (OutputStream content = process.getOutputStream()) {
                    checkpoint.content().transferTo(content);
                } catch (IOException e) {
                    // The process ended early; its exit code says why.
                }
                await(checkpoint, process, said);
            } finally {
                Files.delete(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no process can be started to try " + checkpoint.name() + " in", e);
        }
    }

    private Process start(Checkpoint checkpoint, Path said) throws IOException {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SHELL)) {
            command.addAll(
                    List.of(SHELL.toString(), "-c", "ulimit -d $0 2>&-; exec \"$@\"", Long.toString(memory >> 10)));
        }
        long heap = 128 + 4L * (checkpoint.size() >> 20);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=/dev/null",
                "-Djava.io.tmpdir=" + TemporaryFolder.path(),
                SafeTrial.class.getName(),
                checkpoint.name()));
        command.addAll(arguments(checkpoint.given()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(said.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return builder.start();
    }

    private void await(Checkpoint checkpoint, Process process, Path said) throws IOException {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new InvalidCheckpointException(
                        "%s: expected a trial on small images to end within %d s, found it at work"
                                .formatted(checkpoint.name(), patience.toSeconds()));
            }
            if (process.exitValue() == REFUSED) {
                throw new InvalidCheckpointException(
                        Files.readString(said, StandardCharsets.UTF_8).strip());
            }
            if (process.exitValue() != 0) {
                throw new InvalidCheckpointException(
                        "%s: expected a trial on small images to end well in %d MiB of memory, found that its process died (exit code %d)"
                                .formatted(checkpoint.name(), memory >> 20, process.exitValue()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InvalidCheckpointException(checkpoint.name() + ": its trial was interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> arguments(GivenForm given) {
        return List.of(
                given.valueRange().map(ValueRange::toString).orElse(""),
                given.outputRange().map(ValueRange::toString).orElse(""),
                given.layout().map(Layout::name).orElse(""),
                given.multipleOf().map(String::valueOf).orElse(""));
    }

    /** The process of its own: a checkpoint's name and what is given of its form; the file comes in. */
    public static void main(String[] arguments) throws IOException {
        GivenForm given = new GivenForm(
                text(arguments[1]).map(ValueRange::parse),
                text(arguments[2]).map(ValueRange::parse),
                text(arguments[3]).map(Layout::valueOf),
                text(arguments[4]).map(Integer::valueOf));
        try {
            OnnxGenerator.loadHere(Checkpoint.open(arguments[0], System.in, given));
            Runtime.getRuntime().halt(0);
        } catch (InvalidCheckpointException | GeneratorFailedException e) {
            System.out.println(e.getMessage());
            System.out.flush();
            Runtime.getRuntime().halt(REFUSED);
        }
    }

    private static Optional<String> text(String argument) {
        return argument.isEmpty() ? Optional.empty() : Optional.of(argument);
    }
}
