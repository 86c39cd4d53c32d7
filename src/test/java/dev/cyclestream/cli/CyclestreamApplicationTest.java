package dev.cyclestream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.inference.DemoCheckpoint;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Timeout(60)
class CyclestreamApplicationTest {

    private static final String NOWHERE = "localhost:1";

    @TempDir
    private Path folder;

    private final StringWriter said = new StringWriter();
    private final StringWriter complained = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "demo",
                "publish",
                "collect",
                "translate",
                "inspect",
                "fetch",
                "bench",
                "redrive",
                "replay",
                "compare",
                "reset"
            })
    void everyCommandHasHelp(String command) {
        assertThat(execute(command, "--help")).isZero();
        assertThat(said.toString()).startsWith("Usage: cyclestream " + command);
    }

    @Test
    void withoutACommandItSaysWhichThereAre() {
        assertThat(execute()).isEqualTo(2);
        assertThat(complained.toString())
                .startsWith("cyclestream: expected a command: run, demo, publish, collect, translate, inspect")
                .hasLineCount(1);
    }

    @Test
    void unknownFlagIsWrongUse() {
        assertThat(execute("demo", "--output", "x", "--colour")).isEqualTo(2);
        assertThat(complained)
                .hasToString("cyclestream demo: Unknown option: '--colour' (cyclestream demo --help says more)\n");
    }

    @Test
    void missingFlagIsNamed() {
        assertThat(execute("run", "--schema-registry", "mock://x")).isEqualTo(2);
        assertThat(complained.toString()).contains("Missing required option: '--bootstrap-servers=HOST:PORT'");
    }

    @Test
    void runWithoutACheckpointIsWrongUse() {
        assertThat(execute("run", "--bootstrap-servers", NOWHERE, "--schema-registry", "mock://x"))
                .isEqualTo(2);
        assertThat(complained.toString()).contains("expected --a-to-b or --b-to-a or both, found neither");
    }

    @Test
    void missingCheckpointIsWrongUse() {
        assertThat(run("--a-to-b", "none.onnx")).isEqualTo(2);
        assertThat(complained).hasToString("cyclestream: none.onnx: expected a checkpoint, found no file\n");
    }

    @Test
    void checkpointOfTheOtherDirectionIsWrongUse() {
        assertThat(run("--b-to-a", DemoCheckpoint.file("a-to-b.onnx").toString()))
                .isEqualTo(2);
        assertThat(complained)
                .hasToString("cyclestream: a-to-b.onnx: expected a checkpoint that translates B_TO_A, found A_TO_B\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--from yesterday|--from: expected earliest, latest, now, an offset",
                "--from 10 --to 9|--from, --to: expected an end that is not before the beginning, found 10 to 9",
                "--output-topic images.a|--output-topic: expected another topic than the one that is replayed",
                "--name a/b|--name: expected up to 150 letters",
                "--rate 0|rate: expected images a second, more than 0, found 0.0",
                "--direction B_TO_A|a-to-b.onnx: expected a checkpoint that translates B_TO_A"
            })
    void replayThatMakesNoSenseIsWrongUseBeforeAnyBrokerIsAsked(String flags, String complaint) {
        List<String> arguments = new ArrayList<>(List.of("replay", "--bootstrap-servers", NOWHERE));
        arguments.addAll(List.of("--schema-registry", "mock://x", "--topic", "images.a"));
        arguments.addAll(
                List.of("--checkpoint", DemoCheckpoint.file("a-to-b.onnx").toString()));
        arguments.addAll(List.of(flags.split(" ")));
        assertThat(execute(arguments.toArray(String[]::new))).isEqualTo(2);
        assertThat(complained.toString())
                .startsWith("cyclestream: " + complaint)
                .hasLineCount(1);
    }

    @Test
    void unreachableBrokerIsTheWorldsFault() {
        assertThat(run("--a-to-b", DemoCheckpoint.file("a-to-b.onnx").toString()))
                .isEqualTo(1);
        assertThat(complained.toString())
                .startsWith("cyclestream: no broker answers at localhost:1: Connection refused")
                .hasLineCount(1);
    }

    @Test
    void addressThatIsNoneIsOneClearLine() {
        assertThat(execute(
                        "collect",
                        "--bootstrap-servers",
                        "nowhere",
                        "--schema-registry",
                        "mock://x",
                        "--topic",
                        "t",
                        "--output",
                        folder.toString()))
                .isEqualTo(2);
        assertThat(complained).hasToString("cyclestream: bootstrap servers: expected HOST:PORT, found \"nowhere\"\n");
    }

    @Test
    void publishingAFolderThatIsNotThereIsWrongUse() {
        assertThat(execute(
                        "publish",
                        folder.resolve("none").toString(),
                        "--bootstrap-servers",
                        NOWHERE,
                        "--schema-registry",
                        "mock://x",
                        "--topic",
                        "t"))
                .isEqualTo(2);
        assertThat(complained.toString()).contains("expected a folder of images, found nothing");
    }

    @Test
    void inspectingTextIsWrongUse() throws Exception {
        Path file = Files.writeString(folder.resolve("model.onnx"), "no model");
        assertThat(execute("inspect", file.toString())).isEqualTo(2);
        assertThat(complained).hasToString("cyclestream: model.onnx: expected an ONNX model, found something else\n");
    }

    @Test
    void sizesAndDurationsCarryUnits() {
        assertThat(execute("translate", "x", "--checkpoint", "y", "--output", "z", "--max-image-bytes", "8"))
                .isEqualTo(2);
        assertThat(complained.toString())
                .contains("'--max-image-bytes'", "expected a size such as 8MiB, 512KiB or 100B, found \"8\"");
    }

    @Test
    void demoOfNoPicturesIsWrongUse() {
        assertThat(execute("demo", "--count", "0", "--output", folder.toString()))
                .isEqualTo(2);
        assertThat(complained).hasToString("cyclestream: demo: expected at least one picture, found none\n");
    }

    @Test
    void checkpointOfAnotherHashIsNotFetched() {
        Path file = DemoCheckpoint.file("a-to-b.onnx");
        Path made = folder.resolve("a-to-b.onnx");
        String source = file.toUri().toString();
        String wrong = "0".repeat(64);
        assertThat(execute("fetch", source, "--sha256", wrong, "--output", made.toString()))
                .isEqualTo(2);
        assertThat(complained.toString())
                .startsWith("cyclestream: " + source + ": expected SHA-256 " + wrong + ", found ")
                .hasLineCount(1);
        assertThat(made).doesNotExist();
    }

    @Test
    void unknownThresholdIsWrongUse() {
        assertThat(compare("--fail-below", "beauty=0.5")).isEqualTo(2);
        assertThat(complained.toString())
                .startsWith("cyclestream: threshold: expected one of ssim, l1, ")
                .endsWith("found \"beauty\"\n");
    }

    @Test
    void thresholdOfTheCycleTakesACheckpointThatTranslatesBack() {
        assertThat(compare("--fail-above", "cycle-new=0.2")).isEqualTo(2);
        assertThat(complained.toString()).contains("cycle errors take --reverse, found none");
    }

    @Test
    void comparingAtABrokerThatDoesNotAnswerIsTheWorldsFault() {
        assertThat(compare()).isEqualTo(1);
        assertThat(complained.toString()).startsWith("cyclestream: no broker answers at localhost:1");
    }

    private int compare(String... options) {
        List<String> arguments = new ArrayList<>(List.of("compare", "old", "new", "--output", folder.toString()));
        arguments.addAll(List.of("--bootstrap-servers", NOWHERE, "--schema-registry", "mock://x"));
        arguments.addAll(List.of(options));
        return execute(arguments.toArray(String[]::new));
    }

    private int run(String... arguments) {
        String[] all = new String[5 + arguments.length];
        System.arraycopy(
                new String[] {"run", "--bootstrap-servers", NOWHERE, "--schema-registry", "mock://x"}, 0, all, 0, 5);
        System.arraycopy(arguments, 0, all, 5, arguments.length);
        return execute(all);
    }

    private int execute(String... arguments) {
        CommandLine commandLine = CyclestreamApplication.commandLine();
        commandLine.setOut(new PrintWriter(said, true));
        commandLine.setErr(new PrintWriter(complained, true));
        return commandLine.execute(arguments);
    }
}
