package dev.cyclestream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.stream.ApplicationProcess;
import dev.cyclestream.stream.TestImages;
import dev.cyclestream.topic.CollectedImage;
import dev.cyclestream.topic.ImageCollector;
import dev.cyclestream.topic.ImagePublisher;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands of a roll-out as an operator uses them, against an instance that runs. */
@Timeout(300)
class RolloutCommandIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int EACH = 12;

    @TempDir
    private Path folder;

    private TestKafka kafka;
    private int processes;
    private int sent;
    private final List<CollectedImage> images = new ArrayList<>();

    /** The end of a command. */
    private record Ended(int exitCode, String said) {}

    @Test
    void anOperatorTakesACandidateFromTheShadowToThePromotionAndBack() throws Exception {
        Path candidate = copyOfDemo("candidate.onnx");
        try (TestKafka started = TestKafka.start(3)) {
            kafka = started;
            assertThat(rollout("promote", "--direction", "a-to-b"))
                    .extracting(Ended::exitCode)
                    .isEqualTo(2);
            try (ApplicationProcess instance = instance();
                    ImageCollector outputs = new ImageCollector(kafka.connection(), TestKafka.OUTPUT)) {
                instance.awaitSaying("running: ", PATIENCE);
                translate(outputs);
                Ended start = rollout(
                        "start",
                        "--direction",
                        "a-to-b",
                        "--checkpoint",
                        candidate.toUri().toString(),
                        "--shadow",
                        "--share",
                        "50%");
                assertThat(start.said())
                        .contains("split 1 of A_TO_B is announced: stable a-to-b.onnx (")
                        .contains("candidate candidate.onnx (", "with 50 % of the keys in the shadow")
                        .contains("split 1 holds in all 3 partitions; in 3 of them from the next image on");
                assertThat(start.exitCode()).isZero();
                translate(outputs);
                assertThat(rolesOfLast()).contains("stable", "candidate").doesNotContain("shadow");
                assertShadows();
                Ended promoted = rollout("promote", "--direction", "A_TO_B");
                assertThat(promoted.exitCode()).as(promoted.said()).isZero();
                translate(outputs);
                assertThat(images.subList(2 * EACH, 3 * EACH))
                        .allSatisfy(image -> assertThat(
                                        image.provenance().orElseThrow().getCheckpointName())
                                .isEqualTo("candidate.onnx"));
                Ended back = rollout("roll-back", "--direction", "a-to-b", "--no-wait");
                assertThat(back.exitCode()).as(back.said()).isZero();
                assertThat(rollout(
                                "start",
                                "--direction",
                                "b-to-a",
                                "--checkpoint",
                                candidate.toUri().toString(),
                                "--share",
                                "5%"))
                        .satisfies(wrong -> assertThat(wrong.exitCode()).isEqualTo(2))
                        .satisfies(wrong -> assertThat(wrong.said()).contains("candidate.onnx", "B_TO_A"));
                Ended status = rollout("status");
                assertThat(status.said())
                        .contains("A_TO_B: split 3, by roll-back of ")
                        .contains("partition  split  from offset")
                        .contains("instances: 1");
                assertHistory();
                assertThat(instance.terminate(PATIENCE)).as(instance.said()).isZero();
            }
        }
    }

    private void assertShadows() throws Exception {
        List<CollectedImage> shadows = new ArrayList<>();
        try (ImageCollector collector = new ImageCollector(kafka.connection(), TestKafka.OUTPUT + ".shadow")) {
            collector.poll(Duration.ofSeconds(3), shadows::add);
        }
        assertThat(shadows)
                .hasSize((int) rolesOfLast().stream().filter("stable"::equals).count())
                .allSatisfy(shadow ->
                        assertThat(shadow.provenance().orElseThrow().getRole()).isEqualTo("shadow"))
                .allSatisfy(
                        shadow -> assertThat(shadow.provenance().orElseThrow().getCheckpointName())
                                .isEqualTo("candidate.onnx"));
    }

    private void assertHistory() throws Exception {
        List<JsonObject> history = rollout("history", "--json")
                .said()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();
        assertThat(history)
                .extracting(line -> line.get("step").getAsString())
                .containsExactly("start", "promote", "roll-back");
        JsonArray activations = history.get(0).getAsJsonArray("activations");
        assertThat(activations).hasSize(3);
    }

    private List<String> rolesOfLast() {
        return images.subList(images.size() - EACH, images.size()).stream()
                .map(image -> image.provenance().orElseThrow().getRole())
                .toList();
    }

    /** Sends images, and waits for all of them. */
    private void translate(ImageCollector outputs) throws IOException {
        try (ImagePublisher publisher =
                new ImagePublisher(kafka.connection(), TestKafka.INPUT, TestKafka.MAX_IMAGE_BYTES)) {
            for (int index = 0; index < EACH; index++) {
                byte[] image = TestImages.encode(32, sent, ImageFormat.PNG);
                publisher.send(TestImages.event("image-" + sent++, image));
            }
            publisher.flush();
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (images.size() < sent && System.nanoTime() < end) {
            outputs.poll(Duration.ofMillis(100), images::add);
        }
        assertThat(images).hasSize(sent);
    }

    /** The demo's checkpoint with another description, and so with another SHA-256. */
    private Path copyOfDemo(String name) throws IOException {
        Path copy = Files.copy(DemoCheckpoint.file("a-to-b.onnx"), folder.resolve(name));
        try (OutputStream end = Files.newOutputStream(copy, StandardOpenOption.APPEND)) {
            end.write(new byte[] {6 << 3 | 2, 1, 'x'}); // field 6 of ONNX's ModelProto, a text: its doc_string
        }
        return copy;
    }

    private ApplicationProcess instance() throws IOException {
        Path checkpoint = Files.copy(DemoCheckpoint.file("a-to-b.onnx"), folder.resolve("a-to-b.onnx"));
        return process(
                "run",
                "--a-to-b",
                checkpoint.toString(),
                "--max-side",
                "64",
                "--max-image-bytes",
                TestKafka.MAX_IMAGE_BYTES_OPTION,
                "--application-id",
                "rolled");
    }

    private Ended rollout(String... arguments) throws Exception {
        String[] all = Stream.concat(
                        Stream.concat(Stream.of("rollout"), Stream.of(arguments)),
                        Stream.of("--application-id", "rolled"))
                .toArray(String[]::new);
        try (ApplicationProcess process = process(all)) {
            return new Ended(process.exitCode(PATIENCE), process.said());
        }
    }

    private ApplicationProcess process(String... arguments) throws IOException {
        return ApplicationProcess.start(
                folder.resolve(processes++ + ".log"),
                Stream.concat(
                                Stream.of(arguments),
                                Stream.of(
                                        "--bootstrap-servers",
                                        kafka.connection().bootstrapServers(),
                                        "--schema-registry",
                                        kafka.connection().schemaRegistry()))
                        .toList());
    }
}
