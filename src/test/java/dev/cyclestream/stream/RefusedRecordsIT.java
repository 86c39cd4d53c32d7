package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.deadletter.DeadLetter;
import dev.cyclestream.deadletter.DeadLetterCollector;
import dev.cyclestream.deadletter.DeadLetterCollector.CollectedDeadLetter;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.inference.TestTranslator;
import dev.cyclestream.kafka.CommittedReader;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.progress.ProgressListener;
import dev.cyclestream.storage.ImageStores;
import dev.cyclestream.stream.client.BoundedRun;
import dev.cyclestream.stream.client.Pace;
import dev.cyclestream.topic.CollectedImage;
import dev.cyclestream.topic.ImageCollector;
import dev.cyclestream.topic.ImagePublisher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Topics that begin to refuse records while the application runs: only the broker sees it, and does not say which it was. */
@Timeout(180)
class RefusedRecordsIT {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final StreamSettings SETTINGS = new StreamSettings(
            "test",
            TestKafka.DEAD_LETTERS,
            1,
            TestKafka.MAX_IMAGE_BYTES,
            new StreamSettings.Tuning(50, 16, Duration.ofMillis(300), Duration.ofSeconds(20), Optional.empty()));

    private final List<CollectedImage> images = new ArrayList<>();
    private final List<CollectedDeadLetter> letters = new ArrayList<>();
    private TestKafka kafka;
    private KafkaConnection connection;

    @BeforeEach
    void startKafka() throws Exception {
        kafka = TestKafka.start(1);
        connection = kafka.connection();
    }

    @AfterEach
    void stopKafka() {
        kafka.close();
    }

    @Test
    void oneResultThatTheBrokerRefusesBecomesADeadLetterAndTheOthersComeOut() throws Exception {
        try (ImageTranslator translator = translator();
                TranslationApplication application = application(translator)) {
            application.start();
            application.awaitRunning();
            set(TestKafka.OUTPUT, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "20000");
            publish(3, "large", 3);
            await(6, 1);
            assertThat(application.hasEnded(Duration.ZERO)).isFalse();
        }
        assertThat(images)
                .extracting(CollectedImage::imageId)
                .containsExactly("before-0", "before-1", "before-2", "behind-0", "behind-1", "behind-2");
        assertThat(letters)
                .extracting(letter -> letter.key() + " " + letter.reason())
                .containsExactly("large FAILED_REPEATEDLY");
        try (CommittedReader reader = new CommittedReader(connection, TestKafka.DEAD_LETTERS)) {
            ConsumerRecord<byte[], byte[]> letter = reader.readToEnd(PATIENCE).get(0);
            assertThat(letter.value()).isNotNull();
            assertThat(new String(
                            letter.headers().lastHeader(DeadLetter.TRACE_HEADER).value(), StandardCharsets.UTF_8))
                    .contains("RecordTooLargeException");
        }
        try (CommittedReader reader = new CommittedReader(connection, StreamSettings.failuresTopic("test"))) {
            ConsumerRecord<byte[], byte[]> last = reader.readToEnd(PATIENCE).stream()
                    .reduce((earlier, later) -> later)
                    .orElseThrow();
            assertThat(last.value()).isNull(); // a result came after it
        }
    }

    @Test
    void deadLetterThatTheBrokerRefusesIsCutUntilItIsTaken() throws Exception {
        try (ImageTranslator translator = translator();
                TranslationApplication application = application(translator)) {
            application.start();
            application.awaitRunning();
            set(TestKafka.OUTPUT, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "20000");
            set(TestKafka.DEAD_LETTERS, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "20000");
            publish(1, "large", 1);
            await(2, 1);
            assertThat(application.hasEnded(Duration.ZERO)).isFalse();
        }
        assertThat(images).extracting(CollectedImage::imageId).containsExactly("before-0", "behind-0");
        try (CommittedReader reader = new CommittedReader(connection, TestKafka.DEAD_LETTERS)) {
            ConsumerRecord<byte[], byte[]> letter = reader.readToEnd(PATIENCE).get(0);
            assertThat(letter.value()).isNull();
            assertThat(new String(
                            letter.headers().lastHeader(DeadLetter.CUT_HEADER).value(), StandardCharsets.UTF_8))
                    .isEqualTo("VALUE");
        }
    }

    @Test
    void replayOverARecordThatTheBrokerRefusesComesToItsEnd() throws Exception {
        publish(2, "large", 2);
        BoundedRun replay = new BoundedRun(
                "over-a-culprit", TestKafka.INPUT, Map.of(0, 4L), Pace.unlimited(), (partition, from, to) -> {});
        Collaborators collaborators = new Collaborators(ImageStores.none(), ProgressListener.NONE, Optional.of(replay));
        try (ImageTranslator translator = translator();
                TranslationApplication application = TranslationApplication.of(
                        List.of(new Route(TestKafka.INPUT, TestKafka.OUTPUT, translator)),
                        SETTINGS,
                        connection,
                        collaborators)) {
            set(TestKafka.OUTPUT, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "20000");
            application.start();
            await(3, 1);
            assertThat(application.hasEnded(Duration.ZERO)).isFalse();
            awaitCommitted(4);
        }
        assertThat(images).extracting(CollectedImage::imageId).containsExactly("before-0", "before-1", "behind-0");
        assertThat(images)
                .allSatisfy(image ->
                        assertThat(image.provenance().orElseThrow().getReplay()).isEqualTo("over-a-culprit"));
        assertThat(letters)
                .extracting(letter -> letter.key() + " " + letter.reason())
                .containsExactly("large FAILED_REPEATEDLY");
    }

    /** The replay is over when its group is at the bound. */
    private void awaitCommitted(long bound) throws Exception {
        TopicPartition partition = new TopicPartition(TestKafka.INPUT, 0);
        long end = System.nanoTime() + PATIENCE.toNanos();
        long committed = 0;
        try (Admin admin = Admin.create(connection.clientSettings())) {
            while (committed < bound) {
                committed = admin.listConsumerGroupOffsets("test")
                        .partitionsToOffsetAndMetadata()
                        .get()
                        .get(partition)
                        .offset();
                assertThat(System.nanoTime()).as("committed %d", committed).isLessThan(end);
            }
        }
        assertThat(committed).isEqualTo(bound);
    }

    private void publish(int before, String large, int behind) {
        try (ImagePublisher publisher = new ImagePublisher(connection, TestKafka.INPUT, TestKafka.MAX_IMAGE_BYTES)) {
            for (int count = 0; count < before; count++) {
                publisher.send(TestImages.event("before-" + count, TestImages.png(count)));
            }
            publisher.send(TestImages.event(large, TestImages.encode(128, 1, ImageFormat.PNG)));
            for (int count = 0; count < behind; count++) {
                publisher.send(TestImages.event("behind-" + count, TestImages.png(count)));
            }
            publisher.flush();
        }
    }

    private void await(int expectedImages, int expectedLetters) throws Exception {
        try (ImageCollector collector = new ImageCollector(connection, TestKafka.OUTPUT);
                DeadLetterCollector deadLetters = new DeadLetterCollector(connection, TestKafka.DEAD_LETTERS)) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while ((images.size() < expectedImages || letters.size() < expectedLetters) && System.nanoTime() < end) {
                collector.poll(POLL, images::add);
                deadLetters.poll(POLL, letters::add);
            }
        }
    }

    private void set(String topic, String name, String value) throws Exception {
        try (Admin admin = Admin.create(connection.clientSettings())) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic),
                            List.of(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    private TranslationApplication application(ImageTranslator translator) {
        return TranslationApplication.of(
                List.of(new Route(TestKafka.INPUT, TestKafka.OUTPUT, translator)), SETTINGS, connection);
    }

    private static ImageTranslator translator() {
        return TestTranslator.quick();
    }
}
