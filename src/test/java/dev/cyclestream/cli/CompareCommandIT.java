package dev.cyclestream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.checkpoint.GeneratorsOfOthers;
import dev.cyclestream.demo.DemoPicture;
import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.stream.Route;
import dev.cyclestream.stream.StreamSettings;
import dev.cyclestream.stream.TranslationApplication;
import dev.cyclestream.topic.ImageCollector;
import dev.cyclestream.topic.ImagePublisher;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The demo's checkpoint against a generator that makes negatives, both run by the stream over the same pictograms. */
@Timeout(300)
class CompareCommandIT {

    private static final int PICTURES = 24;
    private static final int MAX_BYTES = 1 << 20;
    private static final String OLD = TestKafka.OUTPUT;
    private static final String NEW = "translated.b.negative";
    private static final Duration POLL = Duration.ofMillis(200);

    @TempDir
    private static Path folder;

    private static TestKafka kafka;
    private static KafkaConnection connection;

    private final StringWriter complained = new StringWriter();

    @BeforeAll
    static void translateTwice() throws Exception {
        kafka = TestKafka.start(3);
        connection = kafka.connection();
        try (Topics topics = new Topics(connection)) {
            topics.createMissing(List.of(NEW), Optional.of(3), 2 * MAX_BYTES);
        }
        try (ImagePublisher publisher = new ImagePublisher(connection, TestKafka.INPUT, MAX_BYTES)) {
            for (DemoPicture picture : DemoPicture.draw(PICTURES, 5)) {
                publisher.send(DemoPicture.event(picture.id(), picture.encoded()));
            }
            publisher.send(DemoPicture.event("broken.png", "no image".getBytes(StandardCharsets.UTF_8)));
            publisher.flush();
        }
        translate(DemoCheckpoint.aToB(), OLD);
        byte[] negative = GeneratorsOfOthers.of("Neg", "N", "H", "W");
        translate(
                Checkpoint.open("negative.onnx", new ByteArrayInputStream(negative))
                        .requireDirection(Direction.A_TO_B),
                NEW);
    }

    private static void translate(Checkpoint checkpoint, String outputTopic) throws Exception {
        StreamSettings settings = new StreamSettings(
                "to-" + outputTopic, TestKafka.DEAD_LETTERS, 2, MAX_BYTES, StreamSettings.Tuning.DEFAULT);
        try (ImageTranslator translator = ImageTranslator.load(checkpoint, ImageTranslator.ImageCodec.standard());
                TranslationApplication application = TranslationApplication.of(
                        List.of(new Route(TestKafka.INPUT, outputTopic, translator)), settings, connection);
                ImageCollector collector = new ImageCollector(connection, outputTopic)) {
            application.start();
            List<String> ids = new ArrayList<>();
            while (ids.size() < PICTURES) {
                collector.poll(POLL, image -> ids.add(image.imageId()));
                assertThat(application.hasEnded(Duration.ZERO)).isFalse();
            }
        }
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @Test
    void negativesAreSeenAndFailTheThresholds() throws Exception {
        Path output = folder.resolve("negatives");
        int exitCode = compare(
                output,
                OLD,
                NEW,
                "--reverse",
                DemoCheckpoint.file("b-to-a.onnx").toString(),
                "--cycle-every",
                "2",
                "--worst",
                "5",
                "--random",
                "4",
                "--fail-below",
                "ssim=0.5,pairs=24",
                "--fail-above",
                "inverted-share=0.1",
                "--fail-above",
                "cycle-change=0.05");
        assertThat(exitCode).isEqualTo(3);
        JsonObject report = report(output);
        assertThat(report.get("pairs").getAsInt()).isEqualTo(PICTURES);
        assertThat(report.getAsJsonObject("faults").getAsJsonObject("inverted"))
                .hasToString("{\"old\":0,\"new\":%d}".formatted(PICTURES));
        assertThat(report.getAsJsonObject("reverse").get("pairs").getAsInt()).isEqualTo(PICTURES / 2);
        JsonObject measures = report.getAsJsonObject("measures");
        assertThat(mean(measures, "cycle-old")).isLessThan(0.2);
        assertThat(mean(measures, "cycle-new")).isGreaterThan(0.5);
        assertThat(report.getAsJsonArray("worst")).hasSize(5);
        assertThat(report.getAsJsonArray("random")).hasSize(4);
        assertThat(report.getAsJsonObject("new").getAsJsonArray("checkpoints").toString())
                .contains("\"name\":\"negative.onnx\"", "\"pairs\":24");
        assertThat(report.getAsJsonObject("inputs").get("there").getAsInt()).isEqualTo(PICTURES);
        assertThat(Files.readString(output.resolve("report.html")))
                .contains("failed: 3 of 4 thresholds", "new-inverted");
    }

    private static double mean(JsonObject measures, String name) {
        return measures.getAsJsonObject(name).get("mean").getAsDouble();
    }

    @Test
    void topicAgainstItselfPassesAndIsIdentical() throws Exception {
        Path output = folder.resolve("same");
        assertThat(compare(output, OLD, OLD, "--fail-below", "ssim.min=1,identical-share=1", "--fail-above", "l1=0"))
                .isZero();
        assertThat(report(output).getAsJsonObject("verdict").get("passed").getAsBoolean())
                .isTrue();
    }

    @Test
    void folderOfCollectedImagesIsJoinedOnTheId() throws Exception {
        Path collected = folder.resolve("collected");
        assertThat(execute(Stream.concat(
                        Stream.of("collect", "--topic", OLD, "--output", collected.toString(), "--idle", "PT3S"),
                        connectionOptions())))
                .isZero();
        Path output = folder.resolve("folder");
        Files.write(collected.resolve("stray.png"), new byte[] {1});
        try (Stream<Path> files = Files.list(collected)) {
            Path lost = files.filter(file -> file.getFileName().toString().startsWith("apple"))
                    .findFirst()
                    .orElseThrow();
            Files.delete(lost);
        }
        assertThat(compare(output, collected.toString(), OLD, "--fail-below", "identical-share=1"))
                .isZero();
        JsonObject report = report(output);
        assertThat(report.get("pairs").getAsInt()).isEqualTo(PICTURES - 1);
        JsonObject leftOut = report.getAsJsonObject("leftOut");
        assertThat(leftOut.getAsJsonObject("only-old").toString()).contains("stray.png");
        assertThat(leftOut.getAsJsonObject("only-new").get("count").getAsInt()).isEqualTo(1);
    }

    @Test
    void wrongUseIsSaidBeforeAnythingIsRead() {
        assertThat(compare(folder, OLD, "nowhere")).isEqualTo(2);
        assertThat(complained.toString()).contains("expected topic nowhere, found none");
        assertThat(compare(folder, OLD, NEW, "--fail-below", "sim=0.5")).isEqualTo(2);
        assertThat(compare(folder, OLD, NEW, "--fail-above", "cycle-new=0.5")).isEqualTo(2);
        assertThat(compare(folder, OLD, NEW, "--worst-by", "beauty")).isEqualTo(2);
        assertThat(compare(
                        folder,
                        OLD,
                        NEW,
                        "--reverse",
                        DemoCheckpoint.file("a-to-b.onnx").toString()))
                .isEqualTo(2);
        assertThat(complained.toString()).contains("expected a checkpoint that translates B_TO_A, found A_TO_B");
    }

    private int compare(Path output, String old, String newer, String... options) {
        Stream<String> compared = Stream.of("compare", old, newer, "--output", output.toString());
        return execute(Stream.concat(Stream.concat(compared, connectionOptions()), Stream.of(options)));
    }

    private static Stream<String> connectionOptions() {
        return Stream.of(
                "--bootstrap-servers", connection.bootstrapServers(), "--schema-registry", connection.schemaRegistry());
    }

    private int execute(Stream<String> arguments) {
        CommandLine commandLine = CyclestreamApplication.commandLine();
        commandLine.setErr(new PrintWriter(complained, true));
        return commandLine.execute(arguments.toArray(String[]::new));
    }

    private static JsonObject report(Path output) throws Exception {
        return JsonParser.parseString(Files.readString(output.resolve("report.json")))
                .getAsJsonObject();
    }
}
