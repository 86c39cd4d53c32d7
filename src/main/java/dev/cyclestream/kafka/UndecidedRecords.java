package dev.cyclestream.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Records of transactions that may be open: seen, to know what to wait for, and never believed. */
public final class UndecidedRecords {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final KafkaConnection connection;

    public UndecidedRecords(KafkaConnection connection) {
        this.connection = connection;
    }

    /**
     * The records in a part of a partition, whatever becomes of them.
     *
     * @throws BrokerUnreachableException if they do not come
     */
    public List<ConsumerRecord<byte[], byte[]>> between(TopicPartition partition, long from, long to) {
        Map<String, Object> settings = CommittedReader.settings(connection.clientSettings());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(Set.of(partition));
            consumer.seek(partition, from);
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (consumer.position(partition) < to) {
                if (System.nanoTime() > end) {
                    String message = "%s: expected records up to offset %d, found none from %d on within %d s"
                            .formatted(partition, to, consumer.position(partition), PATIENCE.toSeconds());
                    throw new BrokerUnreachableException(message, new TimeoutException(message));
                }
                consumer.poll(POLL).forEach(records::add);
            }
        }
        return records;
    }
}
