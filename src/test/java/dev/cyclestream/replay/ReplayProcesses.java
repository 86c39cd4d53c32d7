package dev.cyclestream.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.stream.ApplicationProcess;
import dev.cyclestream.stream.TestImages;
import dev.cyclestream.topic.CollectedImage;
import dev.cyclestream.topic.ImageCollector;
import dev.cyclestream.topic.ImagePublisher;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes as users start them, a real broker with eight partitions, and images to replay. */
@Timeout(1800)
abstract class ReplayProcesses {

    static final int POISON_EVERY = 50;
    static final int PARTITIONS = 8;
    static final int[] SIDES = {32, 48, 64};
    static final Duration PATIENCE = Duration.ofMinutes(15);
    static final Duration POLL = Duration.ofMillis(100);

    @TempDir
    Path folder;

    TestKafka kafka;
    KafkaConnection connection;
    private final AtomicInteger published = new AtomicInteger();

    @BeforeEach
    void startKafka() throws Exception {
        kafka = TestKafka.start(PARTITIONS);
        connection = kafka.connection();
    }

    @AfterEach
    void stopKafka() {
        kafka.close();
    }

    void awaitImages(int count) throws Exception {
        int[] seen = new int[1];
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (ImageCollector collector = new ImageCollector(connection, outputTopic())) {
            while (seen[0] < count) {
                assertThat(System.nanoTime()).isLessThan(end);
                collector.poll(POLL, image -> seen[0]++);
            }
        }
    }

    static String outputTopic() {
        return new ReplayName("spring")
                .outputTopic(TestKafka.INPUT, DemoCheckpoint.aToB().sha256().substring(0, 8));
    }

    static String checkpoint() {
        return DemoCheckpoint.file("a-to-b.onnx").toString();
    }

    List<String> arguments(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                command,
                "--bootstrap-servers",
                connection.bootstrapServers(),
                "--schema-registry",
                connection.schemaRegistry(),
                "--max-side",
                "128",
                "--max-image-bytes",
                TestKafka.MAX_IMAGE_BYTES_OPTION));
        if (command.equals("replay")) {
            arguments.addAll(List.of("--topic", TestKafka.INPUT, "--checkpoint", checkpoint()));
        }
        arguments.addAll(List.of(more));
        return arguments;
    }

    ApplicationProcess start(String log, List<String> arguments) throws Exception {
        return ApplicationProcess.start(folder.resolve(log), arguments);
    }

    void publish(int count) {
        byte[] text = "these bytes are no image".getBytes(StandardCharsets.UTF_8);
        try (ImagePublisher publisher = new ImagePublisher(connection, TestKafka.INPUT, TestKafka.MAX_IMAGE_BYTES)) {
            for (int sent = 0; sent < count; sent++) {
                int index = published.getAndIncrement();
                ImageFormat format = index % 2 == 0 ? ImageFormat.PNG : ImageFormat.JPEG;
                boolean poison = index % POISON_EVERY == POISON_EVERY - 1;
                byte[] image = poison ? text : TestImages.encode(SIDES[index % SIDES.length], index, format);
                publisher.send(TestImages.event("image-" + index, image));
            }
            publisher.flush();
        }
    }

    List<CollectedImage> images(String topic) throws Exception {
        List<CollectedImage> images = new ArrayList<>();
        try (ImageCollector collector = new ImageCollector(connection, topic)) {
            collector.collect(new ImageCollector.End(Long.MAX_VALUE, Duration.ofSeconds(2)), images::add);
        }
        return images;
    }
}
