package dev.cyclestream.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The one way to read a topic outside of a group: only what was committed, from wherever it is asked for, leaving nothing
 * behind. It begins at the beginning of all partitions. For one thread.
 */
public final class CommittedReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    /** Longer than a broker needs to restart, or a partition to find another leader. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The record of a transaction of one, and its marker; images are large, so no more is read than is needed. */
    private static final long FIRST_STEP = 2;

    private static final int STEP_GROWTH = 8;

    /** Whoever closes a reader, or reads elsewhere, waits for the fetch that is under way at an end, by default for 500 ms. */
    private static final int FETCH_WAIT_MILLIS = 50;

    private final String topic;
    private final String remark;
    private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
    private final Set<TopicPartition> partitions;

    /** Opens a topic that exists. */
    public CommittedReader(KafkaConnection connection, String topic) {
        this(connection, topic, ConsumerConfig.DEFAULT_MAX_POLL_RECORDS, "");
    }

    /**
     * Opens a topic that exists.
     *
     * @param mostAtOnce records that are handed on together
     * @param remark that follows the complaint where nothing more comes
     */
    public CommittedReader(KafkaConnection connection, String topic, int mostAtOnce, String remark) {
        this.topic = topic;
        this.remark = remark;
        Map<String, Object> settings = settings(connection.clientSettings());
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, mostAtOnce);
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        partitions = new LinkedHashSet<>();
        try {
            consumer.partitionsFor(topic).forEach(found -> partitions.add(partition(found.partition())));
            startAtBeginning(partitions);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** The settings of a consumer that reads what was committed and joins no group. */
    public static Map<String, Object> settings(Map<String, Object> clientSettings) {
        Map<String, Object> settings = new HashMap<>(clientSettings);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        return settings;
    }

    /** The partitions of the topic when it was opened. */
    public Set<TopicPartition> partitions() {
        return Set.copyOf(partitions);
    }

    /** The partition of this number. */
    public TopicPartition partition(int number) {
        return new TopicPartition(topic, number);
    }

    /** The oldest offset that each partition holds now. */
    public Map<TopicPartition, Long> beginnings() {
        return consumer.beginningOffsets(partitions);
    }

    /** The end of what may be read of each partition now. */
    public Map<TopicPartition, Long> ends() {
        return consumer.endOffsets(partitions);
    }

    /** The offset that is read next. */
    public long position(TopicPartition partition) {
        return consumer.position(partition);
    }

    /** Reads these partitions next, and no others, from their beginnings. */
    public void startAtBeginning(Collection<TopicPartition> all) {
        assign(all);
        consumer.seekToBeginning(all);
    }

    /** Reads this partition next, and no other, from an offset. */
    public void startAt(TopicPartition partition, long offset) {
        assign(Set.of(partition));
        consumer.seek(partition, offset);
    }

    private void assign(Collection<TopicPartition> wanted) {
        if (!consumer.assignment().equals(Set.copyOf(wanted))) {
            consumer.assign(wanted);
        }
        consumer.resume(wanted);
    }

    /** The records that come within a while, perhaps none. */
    public ConsumerRecords<byte[], byte[]> poll(Duration patience) {
        return consumer.poll(patience);
    }

    /**
     * Reads on from where it is, in the partitions of which an end is given.
     *
     * @param ends where reading ends, for each partition that is read
     * @param told whether to stop before
     * @param visitor takes the records that came together, perhaps none
     * @return whether all was read
     * @throws BrokerUnreachableException if nothing comes for a minute although there is more
     */
    public boolean readOn(
            Map<TopicPartition, Long> ends,
            BooleanSupplier told,
            Consumer<List<ConsumerRecord<byte[], byte[]>>> visitor) {
        Set<TopicPartition> others = new HashSet<>(consumer.assignment());
        others.removeAll(ends.keySet());
        consumer.pause(others); // they go on where they are when they are read
        consumer.resume(ends.keySet());
        Set<TopicPartition> open = new HashSet<>(ends.keySet());
        open.removeIf(partition -> isRead(partition, ends));
        long lastNews = System.nanoTime();
        while (!open.isEmpty() && !told.getAsBoolean()) {
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            consumer.poll(POLL).forEach(records::add);
            boolean news = !records.isEmpty();
            records.removeIf(record -> record.offset() >= ends.get(partition(record.partition())));
            visitor.accept(records);
            news |= open.removeIf(partition -> isRead(partition, ends));
            consumer.pause(ends.keySet().stream()
                    .filter(partition -> !open.contains(partition))
                    .toList());
            lastNews = news ? System.nanoTime() : requirePatience(lastNews);
        }
        consumer.resume(ends.keySet());
        return open.isEmpty();
    }

    private boolean isRead(TopicPartition partition, Map<TopicPartition, Long> ends) {
        return consumer.position(partition) >= ends.get(partition);
    }

    private long requirePatience(long lastNews) {
        if (System.nanoTime() - lastNews > PATIENCE.toNanos()) {
            String message = "%s: expected more records, found none within %d s%s"
                    .formatted(topic, PATIENCE.toSeconds(), remark);
            throw new BrokerUnreachableException(message, new TimeoutException(message));
        }
        return lastNews;
    }

    /** Reads all that is there now, from the beginning. */
    public void readAll(Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
        startAtBeginning(partitions);
        readOn(ends(), () -> false, records -> records.forEach(visitor));
    }

    /** All records from where it is up to what is there now; fewer if they do not come in time. */
    public List<ConsumerRecord<byte[], byte[]>> readToEnd(Duration patience) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, patience);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        long end = System.nanoTime() + patience.toNanos();
        readOn(ends, () -> System.nanoTime() >= end, records::addAll);
        return records;
    }

    /** The last record of each partition; of those that hold none, there is none. */
    public List<ConsumerRecord<byte[], byte[]>> latest() {
        Map<TopicPartition, Long> beginnings = beginnings();
        Map<TopicPartition, Long> ends = ends();
        List<ConsumerRecord<byte[], byte[]>> latest = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            lastBetween(partition, beginnings.get(partition), ends.get(partition))
                    .ifPresent(latest::add);
        }
        return latest;
    }

    /** The last record in a part of a partition: read backwards, in steps that grow. */
    public Optional<ConsumerRecord<byte[], byte[]>> lastBetween(TopicPartition partition, long from, long to) {
        long step = FIRST_STEP;
        while (from < to) {
            long start = Math.max(from, to - step);
            List<ConsumerRecord<byte[], byte[]>> last = new ArrayList<>();
            startAt(partition, start);
            readOn(Map.of(partition, to), () -> false, records -> {
                if (!records.isEmpty()) {
                    last.clear();
                    last.add(records.get(records.size() - 1));
                }
            });
            if (!last.isEmpty() || start == from) {
                return last.stream().findFirst();
            }
            step *= STEP_GROWTH;
        }
        return Optional.empty();
    }

    /** The position of a record, for messages. */
    public static String position(ConsumerRecord<?, ?> record) {
        return "%s partition %d offset %d".formatted(record.topic(), record.partition(), record.offset());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
