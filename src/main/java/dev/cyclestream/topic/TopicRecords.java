package dev.cyclestream.topic;

import dev.cyclestream.kafka.CommittedReader;
import dev.cyclestream.kafka.KafkaConnection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The committed images of a topic between its beginning and its end, both as they were when it was opened: reading ends
 * although others go on writing. All of them in one go, or single ones by their offsets; the latter is quick as long as
 * offsets rise. Joins no group and leaves nothing behind. For one thread.
 */
public final class TopicRecords implements AutoCloseable {

    /** Records this near ahead are read over; those further away are sought. */
    private static final long NEAR = 200;

    private final String topic;
    private final CommittedReader reader;
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
        reader = new CommittedReader(connection, topic);
        beginnings = reader.beginnings();
        ends = reader.ends();
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
        reader.startAtBeginning(ends.keySet());
        reader.readOn(
                ends,
                () -> false,
                records -> records.forEach(record -> images.read(record).ifPresent(visitor)));
    }

    /**
     * Reads the images of a part of a partition in order; the rest is counted and passed over.
     *
     * @param from first offset
     * @param to first offset that is not read
     * @param told whether to stop before
     */
    public void scan(int partition, long from, long to, BooleanSupplier told, Consumer<TopicRecord> visitor) {
        TopicPartition read = reader.partition(partition);
        long end = Math.min(to, ends.getOrDefault(read, 0L));
        if (from >= end) {
            return;
        }
        leavePosition();
        reader.startAt(read, from);
        reader.readOn(
                Map.of(read, end),
                told,
                records -> records.stream()
                        .takeWhile(record -> !told.getAsBoolean())
                        .forEach(record -> images.read(record).ifPresent(visitor)));
    }

    /** The image at an offset; empty if no image is there, or none any more. */
    public Optional<TopicRecord> at(int partition, long offset) {
        TopicPartition wanted = reader.partition(partition);
        if (!ends.containsKey(wanted) || offset < beginnings.get(wanted) || offset >= ends.get(wanted)) {
            return Optional.empty();
        }
        if (!current.equals(Optional.of(wanted)) || offset < next || offset > next + NEAR) {
            seek(wanted, offset);
        }
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
            if (reader.position(wanted) > offset) {
                return Optional.empty();
            }
            reader.readOn(
                    Map.of(wanted, ends.get(wanted)),
                    () -> !ahead.isEmpty() || reader.position(wanted) > offset,
                    ahead::addAll);
        }
    }

    private void seek(TopicPartition partition, long offset) {
        leavePosition();
        reader.startAt(partition, offset);
        current = Optional.of(partition);
        next = offset;
    }

    private void leavePosition() {
        ahead.clear();
        current = Optional.empty();
    }

    /** Records that held no image when all of them were read. */
    public PassedOver passedOver() {
        return images.passedOver();
    }

    @Override
    public void close() {
        reader.close();
    }
}
