package dev.cyclestream.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import dev.cyclestream.trainer.data.PictureFile;
import dev.cyclestream.trainer.loop.SavedStates;
import dev.cyclestream.trainer.network.PyTorch;
import dev.cyclestream.trainer.network.ResnetGenerator;
import dev.cyclestream.trainer.onnx.CheckpointMetadata.Direction;
import dev.cyclestream.trainer.onnx.CheckpointWeights;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class TrainerApplicationTest {

    @TempDir
    private Path folder;

    private final StringWriter said = new StringWriter();
    private final StringWriter complained = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"train", "evaluate", "export", "benchmark"})
    void everyCommandHasHelp(String command) {
        assertThat(execute(command, "--help")).isZero();
        assertThat(said.toString()).startsWith("Usage: cyclestream-trainer " + command);
    }

    @Test
    void missingFlagIsNamed() {
        assertThat(execute("train", "--data", "x")).isEqualTo(2);
        assertThat(complained.toString()).contains("Missing required option: '--output=<output>'");
    }

    @Test
    void missingDataIsWrongUse() {
        assertThat(execute("train", "--data", folder.resolve("none").toString(), "--output", "x"))
                .isEqualTo(2);
        assertThat(complained.toString())
                .endsWith("expected a folder with trainA and trainB, found nothing\n")
                .hasLineCount(1);
    }

    @Test
    void sizeThatTheGeneratorDoesNotTakeIsWrongUse() throws IOException {
        assertThat(train("--size", "30")).isEqualTo(2);
        assertThat(complained)
                .hasToString("cyclestream-trainer: size: expected a multiple of 4 from 16 up, found 30\n");
    }

    @Test
    void trainedRunIsExportedAndNotTrainedOverAndExportNeedsARun() throws IOException {
        assertThat(execute("export", "--run", folder.toString(), "--output", "x"))
                .isEqualTo(2);
        assertThat(complained.toString()).contains("expected the folder of a training run");
        assertThat(train()).as(complained.toString()).isZero();
        Path run = folder.resolve("run");
        assertThat(run.resolve("samples/step-00000002.png")).isNotEmptyFile();
        assertThat(train()).isEqualTo(2);
        assertThat(complained.toString()).contains("holds a run already; add --resume");
        assertThat(train("--resume")).isZero();
        assertThat(execute("train", "--resume", "--output", run.toString()))
                .as("nothing but the folder needs to be said")
                .isZero();
        assertThat(execute("train", "--resume", "--output=" + run)).isZero();
        assertThat(train("--resume", "--seed", "5")).isEqualTo(2);
        assertThat(complained.toString()).contains("--seed: expected 1, found 5");
        Path output = folder.resolve("checkpoints");
        assertThat(execute("export", "--run", run.toString(), "--output", output.toString()))
                .as(complained.toString())
                .isZero();
        assertThat(output.resolve("a-to-b.onnx")).isNotEmptyFile();
        assertThat(output.resolve("b-to-a.onnx")).isNotEmptyFile();
        assertThat(Files.readAllBytes(output.resolve("a-to-b.onnx")))
                .isNotEqualTo(Files.readAllBytes(output.resolve("b-to-a.onnx")));
    }

    @Test
    void runStartsFromExportedCheckpoints() throws IOException {
        assertThat(train()).as(complained.toString()).isZero();
        Path first = export("run");
        String tuned = folder.resolve("tuned").toString();
        String[] start = {"--start-from", first.toString(), "--learning-rate", "1e-30"};
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
        assertThat(execute("train", "--resume", "--output", tuned)).isZero();
        assertThat(execute("train", "--resume", "--output", tuned, "--start-from", second.toString()))
                .isEqualTo(2);
        assertThat(complained.toString()).contains("--start-from: expected " + first + ", found " + second);
    }

    @Test
    void runStartsFromAllNetworksOfASavedState() throws IOException {
        assertThat(train("--domain-weight", "0.5")).as(complained.toString()).isZero();
        Path first = folder.resolve("run/checkpoints/step-00000002");
        Path tuned = folder.resolve("tuned");
        String[] start = {
            "--start-from", first.toString(), "--learning-rate", "1e-30", "--seed", "7", "--domain-weight", "0.5"
        };
        assertThat(trainInto(tuned.toString(), start)).as(complained.toString()).isZero();
        try (NDManager manager = PyTorch.newManager()) {
            for (String network : List.of("g_ab", "g_ba", "d_a", "d_b", "domain_classifier")) {
                assertThat(SavedStates.weights(tuned.resolve("checkpoints/step-00000002"), network, manager))
                        .as("%s: a learning rate next to nothing leaves what it started from", network)
                        .isEqualTo(SavedStates.weights(first, network, manager));
            }
        }
    }

    @Test
    void startWithOtherNetworksIsRefusedBeforeARunBegins() throws IOException {
        assertThat(train()).as(complained.toString()).isZero();
        String other = folder.resolve("other").toString();
        Path state = folder.resolve("run/checkpoints/step-00000002");
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

    @Test
    void divergedRunNamesTheTermAndSavesNothingThatIsSpoilt() throws IOException {
        assertThat(train("--learning-rate", "1e38", "--save-every", "1")).isEqualTo(1);
        assertThat(complained.toString())
                .matches(
                        "(?s)cyclestream-trainer: step [12]: .* (became|are no finite numbers).*; nothing was saved yet\n");
    }

    @Test
    void evaluationNeedsTestImagesAndARunOrTwoCheckpoints() throws IOException {
        assertThat(train()).as(complained.toString()).isZero();
        String run = folder.resolve("run").toString();
        String output = folder.resolve("evaluation").toString();
        assertThat(execute("evaluate", "--run", run, "--output", output)).isEqualTo(2);
        assertThat(complained.toString()).contains("expected at least 2 images each in testA and testB, found 0 and 0");
        assertThat(execute("evaluate", "--output", output)).isEqualTo(2);
        assertThat(complained.toString()).contains("--run");
        assertThat(execute("evaluate", "--run", run, "--step", "77", "--output", output))
                .isEqualTo(2);
        assertThat(complained.toString())
                .contains("expected a saved state: newest, best, or one of the steps [2]; found 77");
    }

    @Test
    void evaluatedRunKeepsItsBestStateApart() throws IOException {
        for (String name : List.of("testA/1", "testA/2", "testB/1", "testB/2")) {
            writePicture(folder.resolve("data").resolve(name + ".png"), name.hashCode());
        }
        assertThat(train("--evaluate-every", "1", "--keep-best-by", "kid"))
                .as(complained.toString())
                .isZero();
        Path run = folder.resolve("run");
        assertThat(Files.readAllLines(run.resolve("evaluations.jsonl")))
                .hasSize(2)
                .allMatch(line -> line.contains("\"domain_score_ab\"") && line.contains("\"ssim_ba\""));
        Path output = folder.resolve("evaluation");
        assertThat(execute("evaluate", "--run", run.toString(), "--step", "best", "--output", output.toString()))
                .as(complained.toString())
                .isZero();
        assertThat(output.resolve("evaluation.json")).isNotEmptyFile();
        assertThat(output.resolve("b-to-a-worst.png")).isNotEmptyFile();
    }

    @Test
    void benchmarkEndsWithTheLineOfTheReferenceImplementation() {
        assertThat(execute("benchmark", "--size", "32", "--filters", "2", "--blocks", "1", "--steps", "2"))
                .isZero();
        assertThat(execute("benchmark", "--size", "33")).isEqualTo(2);
        assertThat(execute("benchmark", "--device", "gpu:7", "--size", "32")).isEqualTo(2);
        assertThat(complained.toString()).contains("device gpu:7: PyTorch finds ");
    }

    private static void writePicture(Path file, int seed) throws IOException {
        BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
        image.setRGB(seed & 31, 7, 0xFFFFFF);
        PictureFile.writePng(file, image);
    }

    private Path export(String run) {
        Path output = folder.resolve(run + "-checkpoints");
        assertThat(execute("export", "--run", folder.resolve(run).toString(), "--output", output.toString()))
                .as(complained.toString())
                .isZero();
        return output;
    }

    private int train(String... more) throws IOException {
        return trainInto(folder.resolve("run").toString(), more);
    }

    private int trainInto(String output, String... more) throws IOException {
        Path data = folder.resolve("data");
        for (String name : List.of("trainA/1", "trainA/2", "trainB/1", "trainB/2")) {
            writePicture(data.resolve(name + ".png"), name.hashCode());
        }
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "--data",
                data.toString(),
                "--output",
                output,
                "--filters",
                "2",
                "--blocks",
                "1",
                "--steps",
                "2"));
        arguments.addAll(List.of(more));
        if (!arguments.contains("--size")) {
            arguments.addAll(List.of("--size", "32"));
        }
        return execute(arguments.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        CommandLine commandLine = TrainerApplication.commandLine(arguments);
        commandLine.setOut(new PrintWriter(said, true));
        commandLine.setErr(new PrintWriter(complained, true));
        return commandLine.execute(arguments);
    }
}
