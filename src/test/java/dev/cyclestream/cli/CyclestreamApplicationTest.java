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
                "reset",
                "rollout",
                "verify"
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
        assertThat(complained.toString())
                .startsWith(
                        "cyclestream run: Invalid value for option '--a-to-b': expected a file, found nothing at none.onnx")
                .hasLineCount(1);
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
                "--from 10 --to 9|--from, --to: expected an end that is not before the beginning, found 10 to 9",
                "--output-topic images.a|--output-topic: expected another topic than the one that is replayed",
                "--commit-interval PT60S|--commit-interval: expected less than --transaction-timeout, PT10S, found PT1M",
                "--commit-interval PT2S --transaction-timeout PT2S|--commit-interval: expected less than --transaction",
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--images-a x --translated-b x|--images-a, --translated-b: expected different topics, found x for both",
                "--dead-letters images.b|--images-b, --dead-letters: expected different topics, found images.b for both",
                "--dead-letters translated.a|--translated-a, --dead-letters: expected different topics",
                "--images-b images.a|--images-a, --images-b: expected different topics",
                "--translated-a translated.b|--translated-b, --translated-a: expected different topics",
                "--translated-a images.a|--images-a, --translated-a: expected different topics",
                "--commit-interval PT60S|--commit-interval: expected less than --transaction-timeout, PT10S, found PT1M",
                "--max-side 64 --fit 64|--max-side, --fit: expected one of them"
            })
    void runThatMakesNoSenseIsWrongUseBeforeAnyBrokerIsAsked(String flags, String complaint) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("--a-to-b", DemoCheckpoint.file("a-to-b.onnx").toString()));
        arguments.addAll(List.of("--b-to-a", DemoCheckpoint.file("b-to-a.onnx").toString()));
        arguments.addAll(List.of(flags.split(" ", -1)));
        assertThat(run(arguments.toArray(String[]::new))).isEqualTo(2);
        assertThat(complained.toString())
                .startsWith("cyclestream: " + complaint)
                .hasLineCount(1);
    }

    @Test
    void topicOfADirectionThatRestsMayBeAnything() {
        assertThat(run(
                        "--a-to-b",
                        DemoCheckpoint.file("a-to-b.onnx").toString(),
                        "--images-b",
                        "images.a",
                        "--translated-a",
                        "images.a"))
                .isEqualTo(1);
        assertThat(complained.toString()).startsWith("cyclestream: no broker answers at localhost:1");
    }

    @Test
    void secretsAreNotSaid() throws Exception {
        Path file = Files.writeString(folder.resolve("client.properties"), "sasl.jaas.config=hunter2 x;");
        assertThat(run("--a-to-b", DemoCheckpoint.file("a-to-b.onnx").toString(), "--client-config", file.toString()))
                .isEqualTo(2);
        assertThat(run("--client-property", "hunter2")).isEqualTo(2);
        assertThat(execute("run", "--bootstrap-servers", NOWHERE, "--schema-registry", "http://me:hunter2@"))
                .isEqualTo(2);
        assertThat(complained.toString())
                .contains("--client-config " + file, "--client-property", "--schema-registry")
                .doesNotContain("hunter2")
                .hasLineCount(3);
    }

    @Test
    void messageIsOneLineWhateverItHolds() {
        assertThat(run("--images-a", "a\nINFO all is well")).isEqualTo(2);
        assertThat(complained.toString()).contains("a\\nINFO all is well").hasLineCount(1);
        assertThat(execute("collect\nx")).isEqualTo(2);
        assertThat(complained.toString()).hasLineCount(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"images", "images/translated", "."})
    void translatingAFolderOverItselfIsWrongUse(String output) throws Exception {
        Path images = Files.createDirectory(folder.resolve("images"));
        Path image = Files.writeString(images.resolve("1.png"), "original");
        assertThat(execute(
                        "translate",
                        images.toString(),
                        "--checkpoint",
                        DemoCheckpoint.file("a-to-b.onnx").toString(),
                        "--output",
                        folder.resolve(output).toString()))
                .isEqualTo(2);
        assertThat(complained.toString()).contains("outside of the").hasLineCount(1);
        assertThat(image).hasContent("original");
        assertThat(execute("demo", "--images", images.toString(), "--output", images.toString()))
                .isEqualTo(2);
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
        assertThat(complained.toString()).contains("expected a folder, found nothing");
    }

    @Test
    void inspectingTextIsWrongUse() throws Exception {
        Path file = Files.writeString(folder.resolve("model.onnx"), "no model");
        assertThat(execute("inspect", file.toString())).isEqualTo(2);
        assertThat(complained).hasToString("cyclestream: model.onnx: expected an ONNX model, found something else\n");
    }

    @Test
    void sizesAndDurationsCarryUnits() {
        assertThat(run("--max-image-bytes", "8")).isEqualTo(2);
        assertThat(complained.toString())
                .contains("'--max-image-bytes'", "expected a size such as 8MiB, 512KiB or 100B, found \"8\"");
    }

    @Test
    void demoOfNoPicturesIsWrongUse() {
        assertThat(execute("demo", "--count", "0", "--output", folder.toString()))
                .isEqualTo(2);
        assertThat(complained.toString()).contains("option '--count': expected 1 to 100000, found 0");
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
                .contains("'--fail-below'", ": expected one of ssim, l1, ", "found \"beauty\"")
                .hasLineCount(1);
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
