package dev.cyclestream.trainer.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cyclestream.failure.WrongSetUpException;
import dev.cyclestream.trainer.domain.Direction;
import dev.cyclestream.trainer.model.CycleGan;
import dev.cyclestream.trainer.network.Architecture;
import dev.cyclestream.trainer.onnx.CheckpointWeights;
import dev.cyclestream.trainer.pytorch.PyTorch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The weights that a run's networks learn on from, in the place of fresh ones: the generators of checkpoints, whose
 * discriminators know nothing yet, or all networks of a saved state. Optimisers and pools begin anew.
 *
 * @param folder that {@code export} wrote both directions to, or that a run saved a state to
 */
public record StartingPoint(Path folder) {

    /**
     * Makes sure that all that a run needs is there and fits its networks.
     *
     * @throws WrongSetUpException if a file is missing, is no checkpoint, or holds another generator
     * @throws InvalidRunException if the folder holds a saved state that is damaged, of another architecture, or of a run that
     *     diverged
     */
    public void require(Architecture architecture) throws IOException {
        for (Path file : files()) {
            if (!Files.isRegularFile(file)) {
                throw new WrongSetUpException(("%s: expected a checkpoint to start from, found none;"
                                + " of a run, name a saved state, such as RUN/states/step-00001000")
                        .formatted(file));
            }
        }
        if (isSavedState()) {
            state().verify();
            Architecture found = state().description().settings().architecture();
            if (!found.equals(architecture)) {
                throw new InvalidRunException(
                        "%s: expected a saved state of %s, found one of %s".formatted(folder, architecture, found));
            }
        } else {
            for (Direction direction : Direction.values()) {
                CheckpointWeights.require(folder.resolve(direction.fileName()), direction, architecture.generator());
            }
        }
        try (NDManager scope = PyTorch.newManager()) {
            weights(architecture, scope); // so that numbers that are none are found before the run begins
        }
    }

    /**
     * SHA-256 of the files that are read: of checkpoints A to B first, of a saved state {@code g_ab}, {@code g_ba},
     * {@code d_a}, {@code d_b}, and {@code domain_classifier} if there is one.
     */
    public List<String> fingerprints() throws IOException {
        List<String> fingerprints = new ArrayList<>();
        for (Path file : files()) {
            fingerprints.add(Checksums.sha256(file));
        }
        return fingerprints;
    }

    /**
     * Steps that the networks had learned when they were saved, those before their own run began included.
     *
     * @throws WrongSetUpException if a checkpoint does not say so
     */
    public long stepsTaken() throws IOException {
        if (isSavedState()) {
            return state().allSteps();
        }
        long steps = 0;
        for (Path file : files()) {
            steps = Math.max(steps, CheckpointWeights.steps(file));
        }
        return steps;
    }

    private List<Path> files() {
        return isSavedState()
                ? state().networks().stream().map(state()::file).toList()
                : Stream.of(Direction.values())
                        .map(Direction::fileName)
                        .map(folder::resolve)
                        .toList();
    }

    private SavedState state() {
        return new SavedState(folder);
    }

    private boolean isSavedState() {
        return state().exists();
    }

    /** The learned arrays of what {@link #require} accepts, by the names of the networks. */
    Map<String, Map<String, NDArray>> weights(Architecture architecture, NDManager manager) throws IOException {
        Map<String, Map<String, NDArray>> weights = new LinkedHashMap<>();
        if (isSavedState()) {
            for (String name : state().networks()) {
                weights.put(name, state().weights(name, manager));
            }
        } else {
            for (Direction direction : Direction.values()) {
                Path file = folder.resolve(direction.fileName());
                weights.put(
                        CycleGan.generatorName(direction),
                        CheckpointWeights.read(file, direction, architecture.generator(), manager));
            }
        }
        return weights;
    }
}
