package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.kafka.EmbeddedBroker;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.topic.InputPosition;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thousands of records with one odd trait each, in both directions, through a real broker, to an application that is started
 * again whenever it ends, is killed once and once stopped. Each record must come out translated or as a dead letter, once, and
 * none may end the application twice.
 *
 * <p>{@code -Dodd.seed=7 -Dodd.records=20000} tries others, and more.
 */
class OddRecordsIT {

    private static final long SEED = Long.getLong("odd.seed", 1);
    private static final int ODD = Integer.getInteger("odd.records", 2000);
    private static final int GOOD_AFTER = 4;
    private static final int PARTITIONS = 3;
    private static final String INPUT_B = "images.b";
    private static final String OUTPUT_A = "translated.a";
    private static final int LARGEST_INPUT = 4 << 20;
    private static final int LARGEST_SENT = 64 << 20;
    private static final Duration WITHOUT_NEWS = Duration.ofMinutes(3);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String FOR_EVER = Long.toString(Long.MAX_VALUE);
    private static final String HOUR = Long.toString(Duration.ofHours(1).toMillis());
    private static final String YEAR = Long.toString(Duration.ofDays(365).toMillis());

    @TempDir
    private Path folder;

    private final Map<InputPosition, OddRecord> sent = new HashMap<>();

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void eachIsTranslatedOrADeadLetterWhateverItHolds() throws Exception {
        System.out.printf("odd records of seed %d%n", SEED);
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                TestRegistry registry = TestRegistry.start()) {
            KafkaConnection connection = new KafkaConnection(broker.bootstrapServers(), registry.url());
            createTopics(connection);
            try (Supervisor supervisor = new Supervisor(folder, "768m", connection, arguments());
                    Outcomes outcomes = new Outcomes(connection, List.of(TestKafka.OUTPUT, OUTPUT_A))) {
                send(connection, new OddEvents(connection, registry));
                await(supervisor, outcomes);
                awaitNoLag(supervisor, outcomes);
                assertThat(supervisor.process().terminate(PATIENCE))
                        .as(supervisor.process().said())
                        .isZero();
                outcomes.poll();
                report(supervisor, outcomes);
            }
        }
    }

    private void report(Supervisor supervisor, Outcomes outcomes) {
        List<String> faults = new ArrayList<>();
        sent.forEach((input, record) -> faults.addAll(outcomes.faults(input, record)));
        System.out.printf(
                "%d records, outcomes %s, %d stops %s%n",
                sent.size(), outcomes.counts(), supervisor.stops().size(), supervisor.stops());
        assertThat(faults).isEmpty();
        assertThat(outcomes.count()).isEqualTo(sent.size());
        assertThat(supervisor.stops()).extracting(Supervisor.Stop::committed).doesNotHaveDuplicates();
        assertThat(supervisor.stops()).allMatch(stop -> stop.exitCode() == 1);
    }

    private List<String> arguments() throws Exception {
        return List.of(
                "--a-to-b",
                DemoCheckpoint.file("a-to-b.onnx").toString(),
                "--b-to-a",
                DemoCheckpoint.file("b-to-a.onnx").toString(),
                "--no-create-topics",
                "--threads",
                "3",
                "--max-side",
                "128",
                "--max-image-bytes",
                TestKafka.MAX_IMAGE_BYTES_OPTION,
                "--image-root",
                images().toString(),
                "--image-bucket",
                "bucket",
                "--s3-endpoint",
                "http://localhost:1");
    }

    private Path images() throws Exception {
        return Files.createDirectories(folder.resolve("images"));
    }

    private static void createTopics(KafkaConnection connection) throws Exception {
        String inputBytes = Integer.toString(LARGEST_INPUT);
        Map<String, String> input = Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, inputBytes);
        Map<String, String> bounded = Map.of(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(OddRecords.LARGEST_RESULT_OF_B),
                TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT,
                TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, FOR_EVER,
                TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, HOUR,
                TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, YEAR);
        Map<String, String> letters = Map.of(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(StreamSettings.maxRecordBytes(TestKafka.MAX_IMAGE_BYTES)),
                TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG,
                HOUR);
        try (Admin admin = Admin.create(connection.clientSettings())) {
            admin.createTopics(List.of(
                            topic(TestKafka.INPUT, input),
                            topic(INPUT_B, input),
                            topic(TestKafka.OUTPUT, input),
                            topic(OUTPUT_A, bounded),
                            topic(TestKafka.DEAD_LETTERS, letters)))
                    .all()
                    .get();
        }
    }

    /** Of a topic that takes any time unless it says otherwise, and from which no retention deletes records of 1970. */
    private static NewTopic topic(String name, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                TopicConfig.RETENTION_MS_CONFIG, "-1", TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, FOR_EVER));
        all.putAll(settings);
        return new NewTopic(name, Optional.of(PARTITIONS), Optional.empty()).configs(all);
    }

    private void send(KafkaConnection connection, OddEvents events) throws Exception {
        OddRecords records = new OddRecords(SEED, events, images());
        Map<OddRecord, Future<RecordMetadata>> pending = new HashMap<>();
        try (Producer<byte[], byte[]> plain = producer(connection, "none");
                Producer<byte[], byte[]> compressing = producer(connection, "gzip")) {
            for (int index = 0; index < ODD; index++) {
                boolean toA = index % 2 == 0;
                OddRecord record = records.next(toA);
                pending.put(record, send(record.compressed() ? compressing : plain, record, toA, index));
                if (index % GOOD_AFTER == 0) {
                    OddRecord good = records.good();
                    pending.put(good, send(plain, good, index % (2 * GOOD_AFTER) == 0, index));
                }
            }
            for (Map.Entry<OddRecord, Future<RecordMetadata>> each : pending.entrySet()) {
                RecordMetadata at = each.getValue().get();
                sent.put(new InputPosition(at.topic(), at.partition(), at.offset()), each.getKey());
            }
        }
    }

    private static Future<RecordMetadata> send(
            Producer<byte[], byte[]> producer, OddRecord record, boolean toA, int index) throws Exception {
        ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>(
                toA ? TestKafka.INPUT : INPUT_B,
                index / 2 % PARTITIONS,
                null,
                record.key(),
                record.value(),
                record.headers());
        // Java's class refuses what other clients send, and brokers take.
        Field timestamp = ProducerRecord.class.getDeclaredField("timestamp");
        timestamp.setAccessible(true);
        timestamp.set(sent, record.timestamp());
        return producer.send(sent);
    }

    private static Producer<byte[], byte[]> producer(KafkaConnection connection, String compression) {
        Map<String, Object> settings = new HashMap<>(connection.clientSettings());
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_SENT);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, LARGEST_SENT);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Kills the application when a third is done, and stops it when two thirds are. */
    private void await(Supervisor supervisor, Outcomes outcomes) throws Exception {
        boolean killed = false;
        boolean stopped = false;
        int before = 0;
        long news = System.nanoTime();
        while (outcomes.count() < sent.size()) {
            outcomes.poll();
            supervisor.watch();
            if (!killed && outcomes.count() > sent.size() / 3) {
                supervisor.kill();
                killed = true;
            } else if (!stopped && outcomes.count() > 2 * sent.size() / 3) {
                assertThat(supervisor.replace(PATIENCE)).isZero();
                stopped = true;
            }
            news = outcomes.count() > before ? System.nanoTime() : news;
            before = outcomes.count();
            assertThat(System.nanoTime() - news)
                    .as(
                            "%d of %d, committed %s, stops %s, it says:\n%s",
                            before,
                            sent.size(),
                            supervisor.committed(),
                            supervisor.stops(),
                            supervisor.process().said())
                    .isLessThan(WITHOUT_NEWS.toNanos());
        }
        assertThat(killed && stopped).isTrue();
    }

    private void awaitNoLag(Supervisor supervisor, Outcomes outcomes) throws Exception {
        Map<String, Long> ends = new TreeMap<>();
        sent.keySet()
                .forEach(input -> ends.merge(input.topic() + "-" + input.partition(), input.offset() + 1, Long::max));
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!supervisor.committed().equals(ends)) {
            outcomes.poll();
            supervisor.watch();
            assertThat(System.nanoTime())
                    .as("expected %s, found %s", ends, supervisor.committed())
                    .isLessThan(end);
        }
    }
}
