package dev.cyclestream.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs as power cuts and people leave them: what cannot be gone on with is named in one line. */
class RunFaultsTest extends CommandLineHarness {

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"runId\":\"x\"", "{}", "null", "7", "no JSON"})
    void descriptionThatIsNotWholeIsNamedByWhateverReadsIt(String written) throws IOException {
        Path run = Files.createDirectory(folder.resolve("run"));
        Path file = Files.writeString(run.resolve("run.json"), written);
        Path data = Files.createDirectory(folder.resolve("data"));
        String output = folder.resolve("new").toString();
        assertRefused(file, "train", "--resume", "--output", run.toString());
        assertRefused(file, "train", "--resume", "--output", run.toString(), "--data", data.toString());
        assertRefused(file, "export", "--run", run.toString(), "--output", output);
        assertRefused(file, "evaluate", "--run", run.toString(), "--output", output);
        assertThat(run).isDirectoryContaining("glob:**/run.json");
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void copyOfTheDescriptionIsNamedWhereThereIsOne() throws IOException {
        Path run = trained();
        Files.writeString(run.resolve("run.json"), "");
        assertThat(execute("train", "--resume", "--output", run.toString())).isEqualTo(2);
        assertThat(complained.toString())
                .endsWith(
                        "found an empty file; " + run.resolve("states/step-00000002/run.json") + " is a copy of it\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "states/step-00000002/SHA256SUMS|''",
                "states/step-00000002/SHA256SUMS|'half a sum'",
                "states/step-00000002/step|''",
                "states/step-00000002/g_ab.npz|''",
                "states/best.value|''",
                "states/best.value|'good'",
                "metrics.csv|'another,table'",
                "warnings.jsonl|'not JSON\n{}\n'",
                "evaluations.jsonl|'{\"step\":1}\n{\"step\":2}\n'"
            })
    void fileThatIsSpoiltIsNamedBeforeAStepIsTaken(String name, String written) throws IOException {
        Path run = trained();
        Path file = Files.writeString(run.resolve(name), written);
        assertRefused(file, "train", "--resume", "--output", run.toString());
    }

    @Test
    void listOfSumsThatNamesTooFewFilesIsNamed() throws IOException {
        Path run = trained();
        Path list = run.resolve("states/step-00000002/SHA256SUMS");
        Files.write(list, Files.readAllLines(list).subList(0, 3));
        assertRefused(
                list,
                "export",
                "--run",
                run.toString(),
                "--output",
                folder.resolve("new").toString());
        Files.delete(list);
        assertRefused(
                list,
                "export",
                "--run",
                run.toString(),
                "--output",
                folder.resolve("new").toString());
        assertThat(complained.toString())
                .endsWith("once the folder step-00000002 is removed, its run goes on from the" + " state before\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"metrics.csv", "warnings.jsonl", "evaluations.jsonl"})
    void lineThatWasBeingWrittenWhenThePowerWentIsDropped(String name) throws IOException {
        Path run = trained();
        String half = name.equals("metrics.csv") ? "3,0.00" : "{\"step\":1,\"war";
        Files.writeString(run.resolve(name), half, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        assertThat(execute("train", "--resume", "--output", run.toString()))
                .as(complained.toString())
                .isZero();
        assertThat(run.resolve(name)).content().doesNotContain(half);
    }

    @Test
    void tableOfLossesThatIsEmptyBeginsAnew() throws IOException {
        Path run = trained();
        Files.writeString(run.resolve("metrics.csv"), "");
        assertThat(execute("train", "--resume", "--output", run.toString()))
                .as(complained.toString())
                .isZero();
    }

    private Path trained() throws IOException {
        assertThat(train()).as(complained.toString()).isZero();
        complained.getBuffer().setLength(0);
        return folder.resolve("run");
    }

    private void assertRefused(Path file, String... arguments) {
        complained.getBuffer().setLength(0);
        assertThat(execute(arguments)).as(complained.toString()).isEqualTo(2);
        assertThat(complained.toString())
                .startsWith("cyclestream-trainer: " + file + ": ")
                .hasLineCount(1);
    }
}
