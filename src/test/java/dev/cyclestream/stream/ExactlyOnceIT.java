package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.deadletter.DeadLetterCollector;
import dev.cyclestream.deadletter.DeadLetterCollector.CollectedDeadLetter;
import dev.cyclestream.event.Provenance;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.topic.CollectedImage;
import dev.cyclestream.topic.ImageCollector;
import dev.cyclestream.topic.ImagePublisher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real broker, a registry over HTTP, and the application in processes of its own that are killed. */
@Timeout(300)
class ExactlyOnceIT {

    private static final String INPUT = TestKafka.INPUT;
    private static final String OUTPUT = TestKafka.OUTPUT;
    private static final String DEAD_LETTERS = TestKafka.DEAD_LETTERS;
    private static final int PARTITIONS = 3;
    private static final int GOOD = 100;
    private static final int SIDE = 128; // so large that there is time to kill the application in the middle
    private static final int MAX_IMAGE_BYTES = TestKafka.MAX_IMAGE_BYTES;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(100);

    @TempDir
    private Path folder;

    private TestKafka kafka;
    private KafkaConnection connection;

    @BeforeEach
    void startKafka() throws IOException {
        kafka = TestKafka.start(PARTITIONS);
        connection = kafka.connection();
    }

    @AfterEach
    void stopKafka() {
        kafka.close();
    }

    @Test
    void killedInTheMiddleAndStartedAgainItTranslatesEachImageOnce() throws Exception {
        publish();
        try (ApplicationProcess first = start("first.log");
                ImageCollector collector = new ImageCollector(connection, OUTPUT)) {
            List<CollectedImage> begun = new ArrayList<>();
            first.awaitSaying("running: ", PATIENCE);
            while (begun.size() < GOOD / 10) {
                collector.poll(POLL, begun::add);
            }
            first.kill();
            collector.poll(POLL, begun::add);
            assertThat(begun).hasSizeLessThan(GOOD);
        }
        List<CollectedImage> images = new ArrayList<>();
        List<CollectedDeadLetter> letters = new ArrayList<>();
        try (ApplicationProcess second = start("second.log");
                ImageCollector collector = new ImageCollector(connection, OUTPUT);
                DeadLetterCollector deadLetters = new DeadLetterCollector(connection, DEAD_LETTERS)) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while ((images.size() < GOOD || letters.size() < 4) && System.nanoTime() < end) {
                collector.poll(POLL, images::add);
                deadLetters.poll(POLL, letters::add);
            }
            assertThat(second.terminate(PATIENCE)).as(second.said()).isZero();
            // Nothing more may come.
            collector.poll(Duration.ofSeconds(2), images::add);
            deadLetters.poll(Duration.ofSeconds(2), letters::add);
        }
        assertEachOnceAndInOrder(images);
        assertThat(letters)
                .extracting(letter -> letter.key() + " " + letter.reason())
                .containsExactlyInAnyOrder(
                        "bad-0 NOT_AN_IMAGE", "bad-1 NOT_AN_IMAGE", "bad-2 NOT_AN_IMAGE", "truncated DAMAGED_IMAGE");
    }

    private ApplicationProcess start(String log) throws IOException {
        return ApplicationProcess.start(
                folder.resolve(log),
                List.of(
                        "run",
                        "--bootstrap-servers",
                        connection.bootstrapServers(),
                        "--schema-registry",
                        connection.schemaRegistry(),
                        "--a-to-b",
                        DemoCheckpoint.file("a-to-b.onnx").toString(),
                        "--b-to-a",
                        DemoCheckpoint.file("b-to-a.onnx").toString(),
                        "--max-image-bytes",
                        TestKafka.MAX_IMAGE_BYTES_OPTION));
    }

    /** Good images, and between them bad ones. */
    private void publish() {
        try (ImagePublisher publisher = new ImagePublisher(connection, INPUT, MAX_IMAGE_BYTES)) {
            for (int index = 0; index < GOOD; index++) {
                ImageFormat format = index % 2 == 0 ? ImageFormat.PNG : ImageFormat.JPEG;
                publisher.send(TestImages.event("good-" + index, TestImages.encode(SIDE, index, format)));
                if (index % 30 == 20) {
                    byte[] text = "these bytes are no image".getBytes(StandardCharsets.UTF_8);
                    publisher.send(TestImages.event("bad-" + index / 30, text));
                }
            }
            publisher.send(TestImages.event("truncated", TestImages.truncatedJpeg()));
            publisher.flush();
        }
    }

    private static void assertEachOnceAndInOrder(List<CollectedImage> images) {
        assertThat(images)
                .extracting(CollectedImage::imageId)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, GOOD)
                        .mapToObj(index -> "good-" + index)
                        .toList());
        Map<Integer, Long> latest = new HashMap<>();
        for (CollectedImage image : images) {
            Provenance provenance = image.provenance().orElseThrow();
            long before = latest.getOrDefault(provenance.getSourcePartition(), -1L);
            assertThat(provenance.getSourceOffset()).isGreaterThan(before);
            latest.put(provenance.getSourcePartition(), provenance.getSourceOffset());
        }
        assertThat(latest).hasSize(PARTITIONS);
    }
}
