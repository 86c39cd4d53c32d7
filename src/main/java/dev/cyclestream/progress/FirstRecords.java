package dev.cyclestream.progress;

import dev.cyclestream.kafka.CommittedReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Looks at the first record that waits in a partition while no thread has any of it in hand: a thread that is busy with one
 * partition reads nothing of its others. Brokers do not tell the timestamp of an offset, so the record is fetched.
 */
final class FirstRecords implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Map<String, Object> settings;
    private final Map<TopicPartition, Seen> seen = new HashMap<>();
    private Consumer<byte[], byte[]> consumer;
    private boolean closed;

    private record Seen(long offset, long timestamp) {}

    /** Connects at the first question. */
    FirstRecords(Map<String, Object> clientSettings) {
        settings = CommittedReader.settings(clientSettings);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1); // of one batch, then, and no more
    }

    /**
     * The timestamps of the first records from these offsets on, in milliseconds; those that could not be looked at in time are
     * missing.
     */
    synchronized Map<TopicPartition, Long> timestamps(Map<TopicPartition, Long> offsets) {
        Set<TopicPartition> open = new HashSet<>(offsets.keySet());
        open.removeIf(
                partition -> seen.containsKey(partition) && seen.get(partition).offset() == offsets.get(partition));
        if (!open.isEmpty() && !closed) {
            try {
                look(open, offsets);
            } catch (KafkaException | OutOfMemoryError e) {
                // The figure is missing; what is at fault, the threads that work will meet and say.
            }
        }
        Map<TopicPartition, Long> timestamps = new HashMap<>();
        offsets.forEach((partition, offset) -> {
            Seen record = seen.get(partition);
            if (record != null && record.offset() == offset) {
                timestamps.put(partition, record.timestamp());
            }
        });
        return timestamps;
    }

    private void look(Set<TopicPartition> open, Map<TopicPartition, Long> offsets) {
        if (consumer == null) {
            consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }
        consumer.assign(open);
        open.forEach(partition -> consumer.seek(partition, offsets.get(partition)));
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!open.isEmpty() && System.nanoTime() < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (open.remove(partition)) {
                    seen.put(partition, new Seen(offsets.get(partition), record.timestamp()));
                    consumer.pause(Set.of(partition));
                }
            }
        }
        consumer.unsubscribe();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (consumer != null) {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
    }
}
