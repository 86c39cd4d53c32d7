package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.deadletter.Attempts;
import dev.cyclestream.deadletter.Beginning;
import dev.cyclestream.deadletter.DeadLetter;
import dev.cyclestream.image.ImageEncoder;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.kafka.CommittedReader;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.picture.Picture;
import dev.cyclestream.topic.InputPosition;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A record that ends the process whenever it is translated, as one does that crashes native code or takes more memory than the
 * kernel grants. Here it is a large image, and whoever works on it is killed.
 */
class DeadlyRecordIT {

    private static final int PARTITIONS = 2;
    private static final int DEADLY = 0;
    private static final int OTHER = 1;
    private static final int BEHIND = 3;
    private static final int SLOW = 5;

    /** So large that its translation is seen in time. */
    private static final int DEADLY_SIDE = 768;

    private static final int SLOW_SIDE = 384;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final String FAILURES = StreamSettings.failuresTopic(Supervisor.APPLICATION);

    @TempDir
    private Path folder;

    private final Map<InputPosition, OddRecord> sent = new HashMap<>();

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void recordThatEndsTheProcessAgainAndAgainBecomesADeadLetterAndNoOtherDoes() throws Exception {
        try (TestKafka kafka = TestKafka.start(PARTITIONS)) {
            KafkaConnection connection = kafka.connection();
            publish(connection);
            try (Topics topics = new Topics(connection)) {
                topics.createCompactedIfMissing(FAILURES); // so that it can be watched from the beginning
            }
            try (Supervisor supervisor = new Supervisor(folder, "768m", connection, arguments());
                    Outcomes outcomes = new Outcomes(connection, List.of(TestKafka.OUTPUT))) {
                supervisor.process().awaitSaying("running: ", PATIENCE);
                try (CommittedReader failures = new CommittedReader(connection, FAILURES)) {
                    killAtTheBeginning(supervisor, failures);
                    for (int count = 0; count < Attempts.MOST; count++) {
                        killWhenTheDeadlyOneIsInHand(supervisor, failures);
                    }
                }
                long end = System.nanoTime() + PATIENCE.toNanos();
                while (outcomes.count() < sent.size() && System.nanoTime() < end) {
                    outcomes.poll();
                    supervisor.watch();
                }
                assertThat(supervisor.process().terminate(PATIENCE)).isZero();
                outcomes.poll();
                assertOutcomes(supervisor, outcomes);
                assertTrace(connection);
            }
        }
    }

    private void assertOutcomes(Supervisor supervisor, Outcomes outcomes) {
        assertThat(supervisor.stops()).isEmpty();
        List<String> faults = new ArrayList<>();
        sent.forEach((input, record) -> faults.addAll(outcomes.faults(input, record)));
        assertThat(faults).as(supervisor.process().said()).isEmpty();
        assertThat(outcomes.count()).isEqualTo(sent.size());
    }

    private static void assertTrace(KafkaConnection connection) {
        try (CommittedReader letters = new CommittedReader(connection, TestKafka.DEAD_LETTERS)) {
            ConsumerRecord<byte[], byte[]> letter = letters.readToEnd(PATIENCE).get(0);
            assertThat(letter.key()).isEqualTo("deadly".getBytes(StandardCharsets.UTF_8));
            assertThat(letter.value()).isNotNull();
            assertThat(new String(
                            letter.headers().lastHeader(DeadLetter.TRACE_HEADER).value(), StandardCharsets.UTF_8))
                    .contains("the process ended while it translated the image");
        }
    }

    /** The first death: nobody expects it. */
    private static void killAtTheBeginning(Supervisor supervisor, CommittedReader failures) throws Exception {
        awaitKey(supervisor, failures, Beginning.key(new InputPosition(TestKafka.INPUT, DEADLY, 0)));
        supervisor.kill();
    }

    private static void killWhenTheDeadlyOneIsInHand(Supervisor supervisor, CommittedReader failures) throws Exception {
        awaitKey(supervisor, failures, new InputPosition(TestKafka.INPUT, DEADLY, 0).key());
        supervisor.kill();
    }

    private static void awaitKey(Supervisor supervisor, CommittedReader failures, String key) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        boolean found = false;
        while (!found) {
            for (ConsumerRecord<byte[], byte[]> record : failures.poll(POLL)) {
                found |= record.value() != null && new String(record.key(), StandardCharsets.UTF_8).equals(key);
            }
            assertThat(System.nanoTime())
                    .as("%s: %s", key, supervisor.process().said())
                    .isLessThan(end);
        }
    }

    private static List<String> arguments() {
        return List.of(
                "--a-to-b",
                DemoCheckpoint.file("a-to-b.onnx").toString(),
                "--threads",
                "2",
                "--max-side",
                Integer.toString(DEADLY_SIDE),
                "--max-image-bytes",
                TestKafka.MAX_IMAGE_BYTES_OPTION,
                "--transaction-timeout",
                "PT60S",
                "--instance-id",
                "one");
    }

    /** In one partition the deadly one before good ones, in the other good ones that take their time, too. */
    private void publish(KafkaConnection connection) throws Exception {
        Map<String, Object> settings = new HashMap<>(connection.clientSettings());
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * TestKafka.MAX_IMAGE_BYTES);
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            send(connection, producer, DEADLY, "deadly", DEADLY_SIDE, "FAILED_REPEATEDLY");
            for (int count = 0; count < BEHIND; count++) {
                send(connection, producer, DEADLY, "behind-" + count, 32, OddRecord.TRANSLATED);
            }
            for (int count = 0; count < SLOW; count++) {
                send(connection, producer, OTHER, "slow-" + count, SLOW_SIDE, OddRecord.TRANSLATED);
            }
        }
    }

    private void send(
            KafkaConnection connection,
            Producer<byte[], byte[]> producer,
            int partition,
            String id,
            int side,
            String expected)
            throws Exception {
        byte[] value = connection
                .serdes()
                .imageEvents()
                .serializer()
                .serialize(TestKafka.INPUT, TestImages.event(id, flat(side)));
        OddRecord record =
                OddRecord.plain(id, id.getBytes(StandardCharsets.UTF_8), value).expecting(expected);
        long offset = producer.send(new ProducerRecord<>(TestKafka.INPUT, partition, record.key(), value))
                .get()
                .offset();
        sent.put(new InputPosition(TestKafka.INPUT, partition, offset), record);
    }

    private static byte[] flat(int side) {
        Picture image = new Picture(side, side, new byte[side * side * Picture.CHANNELS]);
        return new ImageEncoder(1).encode(image, ImageFormat.PNG).toBytes();
    }
}
