package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.kafka.TestKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An instance of both directions translates back what it made, and says what came of it. */
@Timeout(300)
class AnomalyShareIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int IMAGES = 4;

    /** Of the demo's checkpoint, which is stable as nothing was announced. */
    private static final Pattern CHECKED = Pattern.compile(
            "cyclestream_anomaly_cycle_error_permille_count\\{checkpoint=\"a-to-b\\.onnx \\([0-9a-f]{12}\\)\",direction=\"A_TO_B\",role=\"stable\"} ([0-9.]+)");

    @TempDir
    private Path folder;

    @Test
    void allOfAShareIsTranslatedBackAndNothingOfItCountsAsATranslation() throws Exception {
        try (TestKafka kafka = TestKafka.start(1);
                ApplicationProcess instance = ApplicationProcess.start(
                        folder.resolve("run.log"),
                        RunArguments.of(
                                kafka.connection(),
                                DemoCheckpoint.file("a-to-b.onnx"),
                                "--b-to-a",
                                DemoCheckpoint.file("b-to-a.onnx").toString(),
                                "--anomaly-share",
                                "100%",
                                "--http-port",
                                "0"))) {
            instance.awaitSaying("running: ", PATIENCE);
            TestSender sender = new TestSender(kafka);
            for (int index = 0; index < IMAGES; index++) {
                sender.image(0, "picture-" + index);
            }
            String metrics = instance.ask("/metrics").body();
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (checked(metrics) < IMAGES) {
                assertThat(System.nanoTime()).as(metrics).isLessThan(end);
                Thread.sleep(200);
                metrics = instance.ask("/metrics").body();
            }
            assertThat(checked(metrics)).isEqualTo(IMAGES);
            assertThat(metrics)
                    .contains("cyclestream_translations_total{direction=\"A_TO_B\"} 4.0")
                    .contains("cyclestream_translations_total{direction=\"B_TO_A\"} 0.0")
                    .contains("cyclestream_rollout_split_announced{direction=\"B_TO_A\"} 0.0");
            assertThat(instance.terminate(PATIENCE)).as(instance.said()).isZero();
        }
    }

    private static double checked(String metrics) {
        Matcher found = CHECKED.matcher(metrics);
        return found.find() ? Double.parseDouble(found.group(1)) : 0;
    }
}
