package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.topic.InputPosition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records that compress so well that a few of them, which are read at once, or even one are more than the heap. */
@Timeout(300)
class LargeRecordsIT {

    private static final int LARGE = 20;
    private static final int BYTES = 40 << 20;
    private static final int LARGER_THAN_THE_HEAP = 250 << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    private final Map<InputPosition, OddRecord> sent = new HashMap<>();

    @Test
    void recordsThatAreTooLargeTogetherAreReadOneByOne() throws Exception {
        try (TestKafka kafka = TestKafka.start(1)) {
            OddEvents events = new OddEvents(kafka.connection(), kafka.registry());
            byte[] large = events.of(new byte[BYTES]);
            try (Producer<byte[], byte[]> producer = producer(kafka.connection())) {
                for (int count = 0; count < LARGE; count++) {
                    send(producer, OddRecord.plain("large", null, large).expecting("IMAGE_TOO_LARGE", "NOT_AN_IMAGE"));
                }
                send(producer, good(events));
            }
            assertThat(translate(kafka.connection(), "400m")).contains("from now on it is read one by one");
        }
    }

    @Test
    void recordThatIsLargerThanTheMemoryBecomesADeadLetterAndTheOthersComeOut() throws Exception {
        try (TestKafka kafka = TestKafka.start(2)) {
            OddEvents events = new OddEvents(kafka.connection(), kafka.registry());
            try (Producer<byte[], byte[]> producer = producer(kafka.connection())) {
                send(producer, good(events));
                send(
                        producer,
                        OddRecord.plain("larger than the memory", null, new byte[LARGER_THAN_THE_HEAP])
                                .expecting("RECORD_TOO_LARGE"));
                for (int count = 0; count < LARGE; count++) {
                    send(producer, good(events));
                }
            }
            translate(kafka.connection(), "200m");
        }
    }

    private static OddRecord good(OddEvents events) {
        return OddRecord.plain("good", null, events.of(TestImages.png(1)));
    }

    /** Returns what the application said. */
    private String translate(KafkaConnection connection, String heap) throws Exception {
        try (Supervisor supervisor = new Supervisor(folder, heap, connection, arguments());
                Outcomes outcomes = new Outcomes(connection, List.of(TestKafka.OUTPUT))) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (outcomes.count() < sent.size() && System.nanoTime() < end) {
                outcomes.poll();
                supervisor.watch();
            }
            assertThat(supervisor.stops()).isEmpty();
            List<String> faults = new ArrayList<>();
            sent.forEach((input, record) -> faults.addAll(outcomes.faults(input, record)));
            assertThat(faults).as(supervisor.process().said()).isEmpty();
            return supervisor.process().said();
        }
    }

    private static Producer<byte[], byte[]> producer(KafkaConnection connection) {
        Map<String, Object> settings = new HashMap<>(connection.clientSettings());
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * LARGER_THAN_THE_HEAP);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2 * LARGER_THAN_THE_HEAP);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private void send(Producer<byte[], byte[]> producer, OddRecord record) throws Exception {
        RecordMetadata at = producer.send(new ProducerRecord<>(TestKafka.INPUT, 0, record.key(), record.value()))
                .get();
        sent.put(new InputPosition(at.topic(), at.partition(), at.offset()), record);
    }

    private static List<String> arguments() {
        return List.of(
                "--a-to-b",
                DemoCheckpoint.file("a-to-b.onnx").toString(),
                "--threads",
                "1",
                "--max-side",
                "64",
                "--max-image-bytes",
                TestKafka.MAX_IMAGE_BYTES_OPTION);
    }
}
