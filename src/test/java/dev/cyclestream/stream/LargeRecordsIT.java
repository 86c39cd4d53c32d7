package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.inference.DemoCheckpoint;
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
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records that compress so well that a few of them, which are read at once, are more than the heap. */
@Timeout(300)
class LargeRecordsIT {

    private static final int LARGE = 20;
    private static final int BYTES = 40 << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    private final Map<InputPosition, OddRecord> sent = new HashMap<>();

    @Test
    void recordsThatAreTooLargeTogetherAreReadOneByOne() throws Exception {
        try (TestKafka kafka = TestKafka.start(1)) {
            KafkaConnection connection = kafka.connection();
            publish(connection, new OddEvents(connection, kafka.registry()));
            try (Supervisor supervisor = new Supervisor(folder, "400m", connection, arguments());
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
                assertThat(supervisor.process().said()).contains("from now on it is read one by one");
            }
        }
    }

    private void publish(KafkaConnection connection, OddEvents events) throws Exception {
        Map<String, Object> settings = new HashMap<>(connection.clientSettings());
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * BYTES);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2 * BYTES);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] large = events.of(new byte[BYTES]);
            for (int count = 0; count < LARGE; count++) {
                send(producer, OddRecord.plain("large", null, large).expecting("IMAGE_TOO_LARGE", "NOT_AN_IMAGE"));
            }
            send(producer, OddRecord.plain("good", null, events.of(TestImages.png(1))));
        }
    }

    private void send(Producer<byte[], byte[]> producer, OddRecord record) throws Exception {
        long offset = producer.send(new ProducerRecord<>(TestKafka.INPUT, record.key(), record.value()))
                .get()
                .offset();
        sent.put(new InputPosition(TestKafka.INPUT, 0, offset), record);
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
