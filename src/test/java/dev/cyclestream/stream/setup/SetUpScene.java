package dev.cyclestream.stream.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.Batcher.Parallelism;
import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.inference.FakeGenerator;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.inference.ImageTranslator.ImageCodec;
import dev.cyclestream.inference.TranslationMetrics;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.stream.ApplicationProcess;
import dev.cyclestream.stream.Route;
import dev.cyclestream.stream.StreamSettings;
import dev.cyclestream.stream.TestImages;
import dev.cyclestream.stream.TranslationApplication;
import dev.cyclestream.topic.CollectedImage;
import dev.cyclestream.topic.ImageCollector;
import dev.cyclestream.topic.ImagePublisher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real broker and a registry over HTTP, topics for each test, and instances in this process and in others. */
@Timeout(300)
abstract class SetUpScene {

    static final Duration PATIENCE = Duration.ofSeconds(90);
    static final int PARTITIONS = 2;

    static TestKafka kafka;
    static KafkaConnection connection;
    static Admin admin;

    @TempDir
    Path folder;

    String input;
    String output;
    String deadLetters;

    @BeforeAll
    static void startKafka() throws Exception {
        kafka = TestKafka.start(PARTITIONS, Map.of("transaction.max.timeout.ms", "60000"));
        connection = kafka.connection();
        admin = Admin.create(connection.clientSettings());
    }

    @AfterAll
    static void stopKafka() {
        admin.close();
        kafka.close();
    }

    @BeforeEach
    void nameTopics(TestInfo info) {
        String name = info.getTestMethod().orElseThrow().getName();
        input = "in." + name;
        output = "out." + name;
        deadLetters = "dead." + name;
    }

    static void make(int partitions, String... topics) {
        try (Topics cluster = new Topics(connection)) {
            cluster.createMissing(List.of(topics), Optional.of(partitions), 2 * TestKafka.MAX_IMAGE_BYTES);
        }
    }

    static void grow(String topic, int partitions) throws Exception {
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                .all()
                .get();
    }

    SetUp setUp(String applicationId) {
        return new SetUp(applicationId, List.of(new SetUp.Link(input, output)), deadLetters);
    }

    /** What the brokers and the registry say against it. */
    static List<String> complaints(SetUp setUp) {
        try (SetUpCheck check = new SetUpCheck(connection, setUp, Optional.empty())) {
            List<String> complaints = new ArrayList<>(check.ofBrokers(true));
            complaints.addAll(check.ofRegistry(false));
            return complaints;
        }
    }

    static void publish(String topic, String... ids) {
        publish(connection, topic, ids);
    }

    static void publish(KafkaConnection connection, String topic, String... ids) {
        try (ImagePublisher publisher = new ImagePublisher(connection, topic, TestKafka.MAX_IMAGE_BYTES)) {
            for (String id : ids) {
                publisher.send(TestImages.event(id, TestImages.png(id.hashCode())));
            }
            publisher.flush();
        }
    }

    /** An application in this process whose generator is quick. */
    TranslationApplication application(String applicationId, Direction direction, String from, String to) {
        Checkpoint checkpoint = direction == Direction.A_TO_B ? DemoCheckpoint.aToB() : DemoCheckpoint.bToA();
        ImageTranslator translator = new ImageTranslator(
                checkpoint, new FakeGenerator(), new Parallelism(2, 1), ImageCodec.standard(), TranslationMetrics.NONE);
        StreamSettings settings = new StreamSettings(
                applicationId, deadLetters, 2, TestKafka.MAX_IMAGE_BYTES, StreamSettings.Tuning.DEFAULT);
        return TranslationApplication.of(List.of(new Route(from, to, translator)), settings, connection);
    }

    /** Translates all that is there, and stops. */
    void translate(String applicationId, int images) throws Exception {
        try (TranslationApplication application = application(applicationId, Direction.A_TO_B, input, output)) {
            application.start();
            awaitImages(output, images);
        }
    }

    static void awaitImages(String topic, int count) throws Exception {
        List<CollectedImage> images = new ArrayList<>();
        try (ImageCollector collector = new ImageCollector(connection, topic)) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (images.size() < count && System.nanoTime() < end) {
                collector.poll(Duration.ofMillis(100), images::add);
            }
        }
        assertThat(images).hasSize(count);
    }

    /** The command line's arguments of an instance. */
    List<String> run(String applicationId, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--bootstrap-servers",
                connection.bootstrapServers(),
                "--schema-registry",
                connection.schemaRegistry(),
                "--application-id",
                applicationId,
                "--max-side",
                "64",
                "--threads",
                "2",
                "--max-image-bytes",
                TestKafka.MAX_IMAGE_BYTES_OPTION,
                "--dead-letters",
                deadLetters));
        arguments.addAll(List.of(more));
        return arguments;
    }

    List<String> runAToB(String applicationId, String... more) {
        List<String> arguments = run(applicationId, more);
        arguments.addAll(List.of(
                "--a-to-b",
                DemoCheckpoint.file("a-to-b.onnx").toString(),
                "--images-a",
                input,
                "--translated-b",
                output));
        return arguments;
    }

    ApplicationProcess start(String log, List<String> arguments) throws Exception {
        return ApplicationProcess.start(folder.resolve(log + ".log"), arguments);
    }

    /** Makes sure that an instance ends with wrong use, and says so in one line that no stack trace follows. */
    void assertRefused(List<String> arguments, String... complaint) throws Exception {
        try (ApplicationProcess process = start("refused", arguments)) {
            assertThat(process.exitCode(PATIENCE)).as(process.said()).isEqualTo(2);
            assertThat(process.said()
                            .lines()
                            .filter(line -> line.contains(" ERROR "))
                            .toList())
                    .singleElement()
                    .asString()
                    .contains(complaint);
            assertThat(process.said()).doesNotContain("\tat ");
        }
    }
}
