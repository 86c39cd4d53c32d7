package dev.cyclestream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.stream.ApplicationProcess;
import dev.cyclestream.stream.TestImages;
import dev.cyclestream.topic.ImagePublisher;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever looks at the end of a log knows why a process ended, and what to do. */
@Timeout(300)
class LastLineIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    private TestKafka kafka;

    @BeforeEach
    void startKafka() throws Exception {
        kafka = TestKafka.start(1);
    }

    @AfterEach
    void stopKafka() {
        kafka.close();
    }

    @Test
    void tooManyDeadLettersNameTheCommonReasonTheLastInputAndTheFlag() throws Exception {
        publish("text".getBytes(StandardCharsets.UTF_8), 3);
        publish(TestImages.truncatedJpeg(), 1);
        publish("text".getBytes(StandardCharsets.UTF_8), 6);
        String checkpoint = DemoCheckpoint.file("a-to-b.onnx").toString();
        try (ApplicationProcess process = start(
                "run",
                "--a-to-b",
                checkpoint,
                "--max-side",
                "128",
                "--max-image-bytes",
                "1MiB",
                "--commit-interval",
                "PT9S", // so that nothing is committed between the inputs, however slow the machine is
                "--max-dead-letters-in-a-row",
                "5")) {
            assertThat(process.exitCode(PATIENCE)).isEqualTo(1);
            assertThat(lastLine(process))
                    .contains(
                            "stopped, nothing is lost, after 0 images were translated and committed: more than 5 inputs in a row")
                    .contains("5 of them: NOT_AN_IMAGE; the last: images.a partition 0 offset 5: NOT_AN_IMAGE: ")
                    .endsWith("--max-dead-letters-in-a-row says how many are taken");
            assertThat(process.said().split("TooManyDeadLettersException", -1)).hasSize(2); // the trace, once
        }
    }

    @Test
    void collectThatIsToldToStopKeepsWhatItHas() throws Exception {
        publish(TestImages.png(1), 3);
        Path output = folder.resolve("out");
        try (ApplicationProcess process =
                start("collect", "--topic", TestKafka.INPUT, "--output", output.toString(), "--idle", "PT1H")) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!Files.exists(output.resolve("image-0.png")) && System.nanoTime() < end) {
                Thread.sleep(100);
            }
            assertThat(process.terminate(PATIENCE)).as(process::said).isEqualTo(1);
            assertThat(lastLine(process))
                    .matches(
                            "collected [1-3] images from images.a, .*; ended before the end of the topic, as it was told to");
            assertThat(output.resolve("index.html")).exists();
        }
    }

    @Test
    void redriveWithNothingToSendSaysForWhat() throws Exception {
        try (ApplicationProcess process = start("redrive", "--reason", "DAMAGED_IMAGE")) {
            assertThat(process.exitCode(PATIENCE)).as(process::said).isZero();
            assertThat(lastLine(process))
                    .isEqualTo("no dead letters of this --reason and --topic to send back that were not sent before");
        }
    }

    private void publish(byte[] image, int count) {
        try (ImagePublisher publisher = new ImagePublisher(kafka.connection(), TestKafka.INPUT, 1 << 20)) {
            for (int index = 0; index < count; index++) {
                publisher.send(TestImages.event("image-" + index, image));
            }
            publisher.flush();
        }
    }

    private ApplicationProcess start(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--bootstrap-servers",
                kafka.connection().bootstrapServers(),
                "--schema-registry",
                kafka.connection().schemaRegistry()));
        return ApplicationProcess.start(folder.resolve(arguments[0] + ".log"), all);
    }

    private static String lastLine(ApplicationProcess process) {
        return process.said().lines().reduce((before, line) -> line).orElse("");
    }
}
