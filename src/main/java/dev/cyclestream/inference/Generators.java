package dev.cyclestream.inference;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.inference.InferenceDevice.Kind;
import dev.cyclestream.process.TemporaryFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way from a checkpoint to a generator: a checkpoint of strangers is tried in a process of its own before. */
public final class Generators {

    private static final Logger LOGGER = LoggerFactory.getLogger(Generators.class);

    private Generators() {}

    /** Loads a checkpoint on the CPU, for one thread. */
    public static OnnxGenerator load(Checkpoint checkpoint) {
        return load(checkpoint, InferenceSettings.ofCpu());
    }

    /**
     * Loads a checkpoint. On the CPU, each call of {@link Generator#translate} runs on the thread that calls: as many callers as
     * cores give the most images a second there, and batches gain nothing. On a GPU it is the other way round.
     *
     * @throws GeneratorFailedException if ONNX Runtime refuses it
     * @throws IllegalArgumentException if there is no such device, or the process was started in a way that ONNX Runtime does
     *     not survive
     */
    public static OnnxGenerator load(Checkpoint checkpoint, InferenceSettings settings) {
        InferenceDevice device = settings.device();
        requireTemporaryFolder(TemporaryFolder.given());
        RunsInHand.prepare();
        if (!SafeTrial.isNeedless(checkpoint)) {
            SafeTrial.of(checkpoint).require(checkpoint);
        }
        if (device.kind() == Kind.CPU) {
            return OnnxGenerator.load(checkpoint, settings, OptionalInt.empty());
        }
        try {
            return OnnxGenerator.load(checkpoint, settings, OptionalInt.of(device.gpu()));
        } catch (IllegalArgumentException e) {
            if (device.kind() == Kind.GPU) {
                throw e;
            }
            LOGGER.info("{}: runs on the CPU, since {}", checkpoint.name(), e.getMessage());
            return OnnxGenerator.load(checkpoint, settings, OptionalInt.empty());
        }
    }

    /** ONNX Runtime makes a folder in it, even where it has nothing to unpack; its own complaint names no cure. */
    static void requireTemporaryFolder(Path folder) {
        if (!Files.isWritable(folder)) {
            throw new IllegalArgumentException(
                    "%s: expected a folder for temporary files that can be written, found none; mount one there (a tmpfs will do), or name another by -Djava.io.tmpdir"
                            .formatted(folder));
        }
    }
}
