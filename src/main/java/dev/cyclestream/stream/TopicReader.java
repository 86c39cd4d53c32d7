package dev.cyclestream.stream;

import java.time.Duration;
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
final class TopicReader implements AutoCloseable {

    private final Consumer<byte[], byte[]> consumer;

    TopicReader(KafkaConnection connection, String topic) {
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
    ConsumerRecords<byte[], byte[]> poll(Duration patience) {
        return consumer.poll(patience);
    }

    /** Where a record is, for messages. */
    static String position(ConsumerRecord<?, ?> record) {
        return "%s partition %d offset %d".formatted(record.topic(), record.partition(), record.offset());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
