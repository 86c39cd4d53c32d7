package dev.cyclestream.topic;

import dev.cyclestream.kafka.BrokerUnreachableException;
import dev.cyclestream.kafka.KafkaConnection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The committed images of a topic between its beginning and its end, both as they were when it was opened: reading ends
 * although others go on writing. All of them in one go, or single ones by their offsets; the latter is quick as long as
 * offsets rise. Joins no group and leaves nothing behind. For one thread.
 */
public final class TopicRecords implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    /** Longer than a broker needs to restart, or a partition to find another leader. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What lies this near ahead is read over; what is further away is sought. */
    private static final long NEAR = 200;

    private final String topic;
    private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
    private final ImageRecords images;
    private final ImageRecords again;
    private final Map<TopicPartition, Long> beginnings;
    private final Map<TopicPartition, Long> ends;
    private final Deque<ConsumerRecord<byte[], byte[]>> ahead = new ArrayDeque<>();
    private Optional<TopicPartition> current = Optional.empty();
    private long next;

    /** Opens a topic that exists. */
    public TopicRecords(KafkaConnection connection, String topic) {
        this.topic = topic;
        Map<String, Object> settings = new HashMap<>(connection.clientSettings());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions); // or it would complain of every partition that it is asked about
        beginnings = consumer.beginningOffsets(partitions);
        ends = consumer.endOffsets(partitions);
        images = new ImageRecords(connection.serdes(), topic);
        again = new ImageRecords(connection.serdes(), topic);
    }

    public String topic() {
        return topic;
    }

    public int partitions() {
        return ends.size();
    }

    /** At most so many records are there: transactions take up offsets, too. */
    public long extent() {
        return ends.entrySet().stream()
                .mapToLong(end -> end.getValue() - beginnings.get(end.getKey()))
                .sum();
    }

    /** Reads all images from the beginning, those of a partition in order; the rest is counted and passed over. */
    public void scan(Consumer<TopicRecord> visitor) {
        leavePosition();
        consumer.assign(ends.keySet());
        consumer.seekToBeginning(ends.keySet());
        Set<TopicPartition> open = new HashSet<>(ends.keySet());
        open.removeIf(this::isRead);
        long lastNews = System.nanoTime();
        while (!open.isEmpty()) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (record.offset() < ends.get(new TopicPartition(topic, record.partition()))) {
                    images.read(record).ifPresent(visitor);
                }
            }
            boolean closed = open.removeIf(this::isRead);
            consumer.pause(ends.keySet().stream()
                    .filter(partition -> !open.contains(partition))
                    .toList());
            lastNews = requireNews(closed || !records.isEmpty(), lastNews);
        }
    }

    private boolean isRead(TopicPartition partition) {
        return consumer.position(partition) >= ends.get(partition);
    }

    /** The image at an offset; empty if no image is there, or none any more. */
    public Optional<TopicRecord> at(int partition, long offset) {
        TopicPartition wanted = new TopicPartition(topic, partition);
        if (!ends.containsKey(wanted) || offset < beginnings.get(wanted) || offset >= ends.get(wanted)) {
            return Optional.empty();
        }
        if (!current.equals(Optional.of(wanted)) || offset < next || offset > next + NEAR) {
            seek(wanted, offset);
        }
        long lastNews = System.nanoTime();
        while (true) {
            while (!ahead.isEmpty()) {
                ConsumerRecord<byte[], byte[]> record = ahead.peek();
                if (record.offset() > offset) {
                    return Optional.empty();
                }
                ahead.remove();
                next = record.offset() + 1;
                if (record.offset() == offset) {
                    return again.read(record);
                }
            }
            if (consumer.position(wanted) > offset) {
                return Optional.empty();
            }
            consumer.poll(POLL).forEach(ahead::add);
            lastNews = requireNews(!ahead.isEmpty() || consumer.position(wanted) > offset, lastNews);
        }
    }

    private void seek(TopicPartition partition, long offset) {
        leavePosition();
        if (!consumer.assignment().equals(Set.of(partition))) {
            consumer.assign(List.of(partition));
        }
        consumer.resume(List.of(partition));
        consumer.seek(partition, offset);
        current = Optional.of(partition);
        next = offset;
    }

    private void leavePosition() {
        ahead.clear();
        current = Optional.empty();
    }

    private long requireNews(boolean news, long lastNews) {
        if (news) {
            return System.nanoTime();
        }
        if (System.nanoTime() - lastNews > PATIENCE.toNanos()) {
            String message = "%s: expected more records, found none within %d s".formatted(topic, PATIENCE.toSeconds());
            throw new BrokerUnreachableException(message, new TimeoutException(message));
        }
        return lastNews;
    }

    /** Records that held no image when all of them were read. */
    public PassedOver passedOver() {
        return images.passedOver();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
