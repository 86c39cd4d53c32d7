package dev.cyclestream.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cyclestream.trainer.domain.Direction;
import dev.cyclestream.trainer.network.ResnetGenerator;
import dev.cyclestream.trainer.onnx.CheckpointWeights;
import dev.cyclestream.trainer.pytorch.PyTorch;
import dev.cyclestream.trainer.run.SavedState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is made of other runs: starting points, and means of their states. */
class EarlierRunsTest extends CommandLineHarness {

    /** As a float it is zero: even a bias of exactly zero stays where it is. */
    private static final String NEXT_TO_NOTHING = "1e-60";

    @Test
    void runStartsFromExportedCheckpoints() throws IOException {
        assertThat(train()).as(complained.toString()).isZero();
        Path first = export("run");
        String tuned = folder.resolve("tuned").toString();
        String[] start = {"--start-from", first.toString(), "--learning-rate", NEXT_TO_NOTHING};
        assertThat(trainInto(tuned, start)).as(complained.toString()).isZero();
        Path second = export("tuned");
        ResnetGenerator generator = ResnetGenerator.ofPaper(2, 1);
        try (NDManager manager = PyTorch.newManager()) {
            for (Direction direction : Direction.values()) {
                assertThat(CheckpointWeights.read(second.resolve(direction.fileName()), direction, generator, manager))
                        .as("a learning rate next to nothing leaves what it started from")
                        .isEqualTo(CheckpointWeights.read(
                                first.resolve(direction.fileName()), direction, generator, manager));
            }
        }
        assertThat(CheckpointWeights.steps(first.resolve("a-to-b.onnx"))).isEqualTo(2);
        assertThat(CheckpointWeights.steps(second.resolve("a-to-b.onnx")))
                .as("those of the first run count, too")
                .isEqualTo(4);
        assertThat(execute("train", "--resume", "--output", tuned)).isZero();
        assertThat(execute("train", "--resume", "--output", tuned, "--start-from", second.toString()))
                .isEqualTo(2);
        assertThat(complained.toString()).contains("--start-from: expected " + first + ", found " + second);
    }

    @Test
    void runStartsFromAllNetworksOfASavedState() throws IOException {
        assertThat(train("--domain-weight", "0.5")).as(complained.toString()).isZero();
        Path first = folder.resolve("run/states/step-00000002");
        Path tuned = folder.resolve("tuned");
        String[] start = {
            "--start-from",
            first.toString(),
            "--learning-rate",
            NEXT_TO_NOTHING,
            "--seed",
            "7",
            "--domain-weight",
            "0.5"
        };
        assertThat(trainInto(tuned.toString(), start)).as(complained.toString()).isZero();
        try (NDManager manager = PyTorch.newManager()) {
            for (String network : List.of("g_ab", "g_ba", "d_a", "d_b", "domain_classifier")) {
                assertThat(new SavedState(tuned.resolve("states/step-00000002")).weights(network, manager))
                        .as("%s: a learning rate next to nothing leaves what it started from", network)
                        .isEqualTo(new SavedState(first).weights(network, manager));
            }
        }
        assertThat(CheckpointWeights.steps(export("tuned").resolve("b-to-a.onnx")))
                .isEqualTo(4);
    }

    @Test
    void meanTakesStatesOfOtherRuns() throws IOException {
        assertThat(train()).as(complained.toString()).isZero();
        Path other = trainBeside("other", "--seed", "5");
        assertThat(exportMeanWith(other)).as(complained.toString()).isZero();
        String weight = "conv_00.weight";
        try (NDManager manager = PyTorch.newManager()) {
            NDArray mean = manager.zeros(new Shape(2, 3, 7, 7));
            for (Path state : List.of(folder.resolve("run/states/step-00000002"), other)) {
                NDArray weights = new SavedState(state).weights("g_ab", manager).get(weight);
                mean.addi(weights.div(2));
            }
            Path file = folder.resolve("mean/a-to-b.onnx");
            NDArray found = CheckpointWeights.read(file, Direction.A_TO_B, ResnetGenerator.ofPaper(2, 1), manager)
                    .get(weight);
            assertThat(found.sub(mean).abs().max().getFloat()).isLessThan(1e-7f);
        }
    }

    @Test
    void meanRefusesStatesWhoseGeneratorsAreBuiltOtherwise() throws IOException {
        assertThat(train()).as(complained.toString()).isZero();
        Path unlike = trainBeside("unlike", "--upsampling", "resize-convolution");
        assertThat(exportMeanWith(unlike)).isEqualTo(2);
        assertThat(complained.toString())
                .contains(unlike + ": expected a saved state of resnet-1-blocks-2-filters-transposed-convolution,"
                        + " found one of resnet-1-blocks-2-filters-resize-convolution");
        Path averaged = trainBeside("averaged", "--average-decay", "0.9");
        assertThat(exportMeanWith(averaged)).isEqualTo(2);
        assertThat(complained.toString())
                .contains("found one of resnet-1-blocks-2-filters-transposed-convolution with moving averages");
        assertThat(exportMeanWith(Path.of("no/where"))).isEqualTo(2);
        assertThat(complained.toString()).contains("no/where: expected the folder of a saved state, found none");
    }

    private Path trainBeside(String run, String... more) throws IOException {
        assertThat(trainInto(folder.resolve(run).toString(), more))
                .as(complained.toString())
                .isZero();
        return folder.resolve(run).resolve("states/step-00000002");
    }

    private int exportMeanWith(Path state) {
        String run = folder.resolve("run").toString();
        String output = folder.resolve("mean").toString();
        return execute("export", "--run", run, "--step", "2," + state, "--output", output);
    }

    @Test
    void startWithOtherNetworksIsRefusedBeforeARunBegins() throws IOException {
        assertThat(train()).as(complained.toString()).isZero();
        String other = folder.resolve("other").toString();
        Path state = folder.resolve("run/states/step-00000002");
        assertThat(trainInto(other, "--start-from", state.toString(), "--discriminator-filters", "3"))
                .isEqualTo(2);
        assertThat(complained.toString())
                .containsPattern(
                        "step-00000002: expected a saved state of .* discriminator=PatchDiscriminator\\[filters=3,"
                                + " layers=3.*, found one of .* discriminator=PatchDiscriminator\\[filters=2, layers=3");
        Path checkpoints = export("run");
        assertThat(trainInto(other, "--start-from", checkpoints.toString(), "--upsampling", "resize-convolution"))
                .isEqualTo(2);
        assertThat(complained.toString())
                .contains(checkpoints.resolve("a-to-b.onnx") + ": cyclestream.architecture: expected ");
        Files.writeString(state.resolve("d_b.npz"), "spoilt");
        assertThat(trainInto(other, "--start-from", state.toString())).isEqualTo(2);
        assertThat(complained.toString()).contains(state.resolve("d_b.npz") + ": is damaged");
        assertThat(Path.of(other)).doesNotExist();
    }

    @Test
    void startWithoutCheckpointsIsNamed() throws IOException {
        assertThat(train("--start-from", folder.toString())).isEqualTo(2);
        assertThat(complained.toString())
                .contains(folder.resolve("a-to-b.onnx") + ": expected a checkpoint to start from, found none");
    }
}
