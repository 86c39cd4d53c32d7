package dev.cyclestream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.checkpoint.GeneratorsOfOthers;
import dev.cyclestream.demo.DemoPicture;
import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.rollout.Schedule;
import dev.cyclestream.rollout.ScheduleTopic;
import dev.cyclestream.rollout.Split;
import dev.cyclestream.stream.ApplicationProcess;
import dev.cyclestream.topic.ImagePublisher;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Candidates in the shadow of a running instance, judged by what they make of the demo's pictograms. */
@Timeout(300)
class JudgeCommandIT {

    private static final String APPLICATION = "judged";
    private static final int PICTURES = 20;
    private static final int PARTITIONS = 2;

    /** Field 6 of ONNX's ModelProto, a text: its doc_string. */
    private static final int DOC_STRING = 6 << 3 | 2;

    @TempDir
    private static Path folder;

    private static TestKafka kafka;
    private static KafkaConnection connection;
    private static ApplicationProcess instance;

    private final StringWriter complained = new StringWriter();

    @BeforeAll
    static void startInstance() throws Exception {
        kafka = TestKafka.start(PARTITIONS);
        connection = kafka.connection();
        instance = ApplicationProcess.start(
                folder.resolve("instance.log"),
                Stream.concat(
                                Stream.of(
                                        "run",
                                        "--a-to-b",
                                        DemoCheckpoint.file("a-to-b.onnx").toString(),
                                        "--max-side",
                                        "64",
                                        "--max-image-bytes",
                                        TestKafka.MAX_IMAGE_BYTES_OPTION),
                                connectionOptions())
                        .toList());
        instance.awaitSaying("running: ", Duration.ofSeconds(60));
    }

    @AfterAll
    static void stop() {
        instance.close();
        kafka.close();
    }

    @Test
    void candidateThatMakesNegativesIsTakenBack() throws Exception {
        Split trial = start("negative.onnx", negative());
        publish();
        assertThat(judge("--count", "20", "--within", "PT1M", "--fail-below", "ssim=0.5,pairs=20"))
                .as(complained.toString())
                .isEqualTo(3);
        Split after = latest();
        assertThat(after.number()).isEqualTo(trial.number() + 1);
        assertThat(after.candidate()).isEmpty();
        assertThat(after.stable()).isEqualTo(trial.stable());
        assertThat(folder.resolve("report").resolve("report.html")).exists();
    }

    @Test
    void candidateThatMakesTheSameIsPromoted() throws Exception {
        byte[] twin = twin('t');
        start("twin.onnx", twin);
        publish();
        assertThat(judge(
                        "--count",
                        "20",
                        "--within",
                        "PT1M",
                        "--fail-below",
                        "ssim.min=0.99,pairs=20",
                        "--fail-above",
                        "missing-share=0"))
                .as(complained.toString())
                .isZero();
        assertThat(latest().candidate()).isEmpty();
        assertThat(latest().stable().sha256()).isEqualTo(DigestUtils.sha256Hex(twin));
    }

    @Test
    void imagesOfAnEarlierTrialDoNotCountAndTooFewGiveNoVerdict() throws Exception {
        start("early.onnx", twin('e'));
        publish();
        Split again = start("early.onnx", twin('e'));
        assertThat(judge("--count", "20", "--within", "PT3S", "--fail-below", "pairs=1"))
                .isEqualTo(1);
        assertThat(latest()).isEqualTo(again);
        assertThat(execute("rollout", "roll-back", "--direction", "A_TO_B")).isZero();
    }

    @Test
    void nothingInTheShadowIsWrongUse() {
        assertThat(judge("--fail-below", "pairs=1")).isEqualTo(2);
        assertThat(complained.toString()).contains("expected a candidate in the shadow, found none");
        assertThat(judge()).isEqualTo(2);
        assertThat(judge("--fail-above", "cycle-new=0.1")).isEqualTo(2);
        assertThat(complained.toString())
                .contains("expected --fail-below or --fail-above or both, found neither", "found a cycle error");
    }

    private static byte[] twin(char letter) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(Files.readAllBytes(DemoCheckpoint.file("a-to-b.onnx")));
        bytes.write(new byte[] {DOC_STRING, 1, (byte) letter});
        return bytes.toByteArray();
    }

    /** A checkpoint of our form. */
    private byte[] negative() throws IOException {
        Path found = Files.write(folder.resolve("found.onnx"), GeneratorsOfOthers.of("Neg", "N", "H", "W"));
        Path adopted = folder.resolve("adopted.onnx");
        int exitCode = CyclestreamApplication.commandLine()
                .execute("adopt", "--direction", "A_TO_B", "--output", adopted.toString(), found.toString());
        assertThat(exitCode).isZero();
        return Files.readAllBytes(adopted);
    }

    private Split start(String name, byte[] checkpoint) throws IOException {
        Path file = Files.write(folder.resolve(name), checkpoint);
        assertThat(execute(
                        "rollout",
                        "start",
                        "--direction",
                        "A_TO_B",
                        "--checkpoint",
                        file.toUri().toString(),
                        "--shadow"))
                .as(complained.toString())
                .isZero();
        return latest();
    }

    private static Split latest() {
        Schedule schedule = new ScheduleTopic(connection, APPLICATION).read();
        return schedule.latest(Direction.A_TO_B).orElseThrow();
    }

    private static void publish() throws IOException {
        try (ImagePublisher publisher = new ImagePublisher(connection, TestKafka.INPUT, TestKafka.MAX_IMAGE_BYTES)) {
            for (DemoPicture picture : DemoPicture.draw(PICTURES, 5)) {
                publisher.send(DemoPicture.event(picture.id(), picture.encoded()));
            }
            publisher.flush();
        }
    }

    private int judge(String... options) {
        return execute(Stream.concat(
                        Stream.of(
                                "rollout",
                                "judge",
                                "--direction",
                                "A_TO_B",
                                "--output",
                                folder.resolve("report").toString()),
                        Stream.of(options))
                .toArray(String[]::new));
    }

    private int execute(String... arguments) {
        CommandLine commandLine = CyclestreamApplication.commandLine();
        commandLine.setErr(new PrintWriter(complained, true));
        return commandLine.execute(
                Stream.concat(Stream.of(arguments), connectionOptions()).toArray(String[]::new));
    }

    private static Stream<String> connectionOptions() {
        return Stream.of(
                "--bootstrap-servers",
                connection.bootstrapServers(),
                "--schema-registry",
                connection.schemaRegistry(),
                "--application-id",
                APPLICATION);
    }
}
