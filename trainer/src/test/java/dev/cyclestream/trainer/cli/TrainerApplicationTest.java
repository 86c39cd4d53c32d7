package dev.cyclestream.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerApplicationTest extends CommandLineHarness {

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
}
