package dev.cyclestream.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.stream.ApplicationProcess;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** The last line and the exit code of the command: "complete" with 0 only if all that was asked for was read. */
class ReplayEndingIT extends ReplayProcesses {

    @Test
    void rangesThatAreGoneOpenOrStillToComeAreNeverComplete() throws Exception {
        publish(96); // on eight partitions
        delete(4);
        String end = ends(1, "replay", "--name", "gone", "--from", "0:0", "--to", "0:2");
        assertThat(end)
                .contains("nothing is there that could be replayed: 2 offsets that were not read: partition 0, 0 to 1");
        String partly = ends(1, "replay", "--name", "partly", "--from", "0:0", "--to", "latest");
        assertThat(partly)
                .contains("replay partly is complete, except for 4 offsets that were not read: partition 0, 0 to 3");
        assertThat(ends(1, "replay", "--name", "partly")).isEqualTo(partly);
        String sinceYesterday = Instant.now().minus(1, ChronoUnit.DAYS).toString();
        assertThat(ends(1, "replay", "--name", "since", "--from", sinceYesterday))
                .contains("nobody knows how many of them belong to the range");
        assertThat(ends(0, "replay", "--name", "rest")).startsWith("replay rest is complete: ");
        assertThat(ends(2, "replay", "--name", "future", "--to", "0:4000"))
                .contains("--to: expected offsets that are there, found 4000, and partition 0 of");
        assertThat(ends(2, "replay", "--name", "future", "--from", "2100-01-01T00:00:00Z"))
                .contains("--from: expected a time that has passed");
        try (Producer<byte[], byte[]> open = open()) {
            assertThat(ends(1, "replay", "--name", "open", "--from", "0:4", "--transaction-patience", "PT1S"))
                    .contains("replay open is complete, except for 1 offsets that were not read: partition 0")
                    .contains("behind a transaction that is open since offset");
            open.abortTransaction();
        }
    }

    private Producer<byte[], byte[]> open() throws Exception {
        Map<String, Object> settings = new HashMap<>(connection.clientSettings());
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "open");
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 600_000);
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(TestKafka.INPUT, 0, null, new byte[1]))
                .get();
        return producer;
    }

    private void delete(long before) throws Exception {
        try (Admin admin = Admin.create(connection.clientSettings())) {
            admin.deleteRecords(Map.of(new TopicPartition(TestKafka.INPUT, 0), RecordsToDelete.beforeOffset(before)))
                    .all()
                    .get();
        }
    }

    /** Runs a command to its end; returns its last line. */
    private String ends(int exitCode, String command, String... more) throws Exception {
        try (ApplicationProcess process = start("end-" + System.nanoTime() + ".log", arguments(command, more))) {
            assertThat(process.exitCode(PATIENCE)).as(process::said).isEqualTo(exitCode);
            List<String> lines = process.said().lines().toList();
            return lines.get(lines.size() - 1);
        }
    }
}
