package dev.cyclestream.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads all partitions of a topic from the beginning, and only what was committed. It is no member of any group and leaves
 * nothing behind.
 */
public final class TopicReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<byte[], byte[]> consumer;

    public TopicReader(KafkaConnection connection, String topic) {
        Map<String, Object> settings = new HashMap<>(connection.clientSettings());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** The records that come within a while, perhaps none. */
    public ConsumerRecords<byte[], byte[]> poll(Duration patience) {
        return consumer.poll(patience);
    }

    /** All records up to what is there now; fewer if they do not come in time. */
    public List<ConsumerRecord<byte[], byte[]>> readToEnd(Duration patience) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment(), patience);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        long end = System.nanoTime() + patience.toNanos();
        while (ends.entrySet().stream().anyMatch(last -> consumer.position(last.getKey()) < last.getValue())
                && System.nanoTime() < end) {
            consumer.poll(POLL).forEach(records::add);
        }
        return records;
    }

    /** Where a record is, for messages. */
    public static String position(ConsumerRecord<?, ?> record) {
        return "%s partition %d offset %d".formatted(record.topic(), record.partition(), record.offset());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
