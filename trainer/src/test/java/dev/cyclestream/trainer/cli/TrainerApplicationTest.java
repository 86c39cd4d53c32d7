package dev.cyclestream.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.failure.WrongSetUpException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                .contains("'--data': expected a folder, found nothing at ")
                .hasLineCount(1);
    }

    @Test
    void sizeThatTheGeneratorDoesNotTakeIsWrongUse() throws IOException {
        assertThat(train("--size", "30")).isEqualTo(2);
        assertThat(complained.toString())
                .contains("'--size, --crop-size': expected 16 to 4096 and a multiple of 4, found 30")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--size 16|--size: expected at least 24 for a discriminator of 3 layers (--discriminator-layers), found 16",
                "--size 32 --discriminator-layers 4|--size: expected at least 48 for a discriminator of 4 layers",
                "--load-size 28|--load-size: expected at least --size, 32, found 28",
                "--decay-steps 3|--decay-steps: expected from 0 to the 2 steps of the run, found 3",
                "--keep-best-by kid|--keep-best-by: expected --evaluate-every beside it, found none",
                "--batch-size 2 --preprocessing none|--batch-size: expected 1 with --preprocessing none"
            })
    void optionsThatDoNotGoTogetherAreWrongUseBeforeAFolderIsMade(String options, String complaint) throws IOException {
        assertThat(train(options.split(" ", -1))).isEqualTo(2);
        assertThat(complained.toString())
                .startsWith("cyclestream-trainer: " + complaint)
                .hasLineCount(1);
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void smallestSizeThatTheDiscriminatorTakesIsTrainedOn() throws IOException {
        assertThat(train("--size", "24")).as(complained.toString()).isZero();
    }

    @Test
    void runOfNoEpochsIsWrongUse() throws IOException {
        assertThat(execute(
                        "train",
                        "--data=" + folder,
                        "--output=" + folder.resolve("run"),
                        "--epochs=0",
                        "--decay-epochs=0"))
                .isEqualTo(2);
        assertThat(folder.resolve("run")).doesNotExist();
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
    void faultOfTheProgramShowsItsTraceAndIsNotTakenForWrongUse() {
        IllegalArgumentException ofALibrary = new IllegalArgumentException("tensor of another shape");
        assertThat(TrainerApplication.report(ofALibrary, new PrintWriter(complained, true)))
                .isEqualTo(1);
        assertThat(complained.toString())
                .startsWith("cyclestream-trainer: java.lang.IllegalArgumentException: tensor of another shape\n")
                .contains("at " + getClass().getName());
    }

    @Test
    void settingThatCannotBeIsWrongUseInOneLine() {
        WrongSetUpException ofTheUser = new WrongSetUpException("--steps: expected at least 1, found 0");
        assertThat(TrainerApplication.report(ofTheUser, new PrintWriter(complained, true)))
                .isEqualTo(2);
        assertThat(complained.toString()).isEqualTo("cyclestream-trainer: --steps: expected at least 1, found 0\n");
    }

    @Test
    void faultOfTheDiskTakesOneLine() {
        assertThat(TrainerApplication.report(new IOException("no space"), new PrintWriter(complained, true)))
                .isEqualTo(1);
        assertThat(complained.toString()).isEqualTo("cyclestream-trainer: java.io.IOException: no space\n");
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
