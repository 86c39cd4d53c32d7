package dev.cyclestream.stream.client;

import dev.cyclestream.deadletter.Books;
import dev.cyclestream.deadletter.FailedRecords;
import dev.cyclestream.kafka.InputTopicIds;
import dev.cyclestream.progress.Progress;
import dev.cyclestream.topic.InputPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A consumer that tells {@link Progress} what it reads, and what it could not since it was deleted from the log before.
 *
 * <p>Gets past a record that is larger than the memory: one that was sent compressed may have a thousand times the size that
 * the brokers see. When memory runs out while one record is read, it tells {@link FailedRecords} which one it was, and after
 * the third time gives an empty record in its place. What is in the same batch behind such a record cannot be read either.
 */
class WatchedConsumer extends KafkaConsumer<byte[], byte[]> {

    /** The time for which a partition is read alone. */
    private static final Duration EACH = Duration.ofMillis(500);

    /** The words of the consumer when it stopped within a record; it has no others. */
    private static final String HALF_READ = "needed, please seek past the record";

    private final FailedRecords failed;
    private final InputTopicIds ids;
    private final Map<String, String> idsBefore;
    private final Progress progress;
    private final boolean oneByOne;
    private Optional<OutOfMemoryError> lastOutOfMemory = Optional.empty();

    WatchedConsumer(Map<String, Object> settings, Books books) {
        super(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.failed = books.failed();
        this.ids = books.ids();
        this.idsBefore = ids.latest();
        this.progress = books.progress();
        this.oneByOne = Integer.valueOf(1).equals(settings.get(ConsumerConfig.MAX_POLL_RECORDS_CONFIG));
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration patience) {
        ids.reading(idsBefore);
        try {
            ConsumerRecords<byte[], byte[]> polled = within(pollAny(patience));
            progress.polled(polled);
            return polled;
        } catch (OffsetOutOfRangeException e) {
            e.offsetOutOfRangePartitions().forEach(this::expired);
            throw e; // to Kafka Streams, which goes to the earliest record
        }
    }

    /** The rest of the records that were polled. */
    ConsumerRecords<byte[], byte[]> within(ConsumerRecords<byte[], byte[]> polled) {
        return polled;
    }

    private void expired(TopicPartition partition, long position) {
        long start = Math.min(beginningOffsets(Set.of(partition)).get(partition), bound(partition));
        if (start > position) {
            progress.expired(partition, position, start);
        }
    }

    /** The first offset that this consumer has nothing to do with. */
    long bound(TopicPartition partition) {
        return Long.MAX_VALUE;
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, watched(listener));
    }

    @Override
    public void subscribe(Pattern topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, watched(listener));
    }

    /** Partitions were given to this consumer, and its listener knows. */
    void assigned() {}

    /** Listens first, since what is in hand may still be committed then. */
    private ConsumerRebalanceListener watched(ConsumerRebalanceListener listener) {
        return new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                listener.onPartitionsAssigned(partitions);
                assigned();
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                listener.onPartitionsRevoked(partitions);
                progress.dropped(partitions);
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                listener.onPartitionsLost(partitions);
                progress.dropped(partitions);
            }
        };
    }

    private ConsumerRecords<byte[], byte[]> pollAny(Duration patience) {
        if (!oneByOne) {
            return super.poll(patience); // nobody could say which record it was
        }
        Map<TopicPartition, Long> positions = positions();
        try {
            return super.poll(patience);
        } catch (OutOfMemoryError e) {
            lastOutOfMemory = Optional.of(e);
            return pollEach(positions, e);
        } catch (KafkaException e) {
            // Left where a partition was not read alone: it had no position yet, or was taken away for a while.
            return pollEach(
                    positions, lastOutOfMemory.filter(last -> isHalfRead(e)).orElseThrow(() -> e));
        }
    }

    private Map<TopicPartition, Long> positions() {
        Map<TopicPartition, Long> positions = new HashMap<>();
        for (TopicPartition partition : assignment()) {
            try {
                positions.put(partition, super.position(partition, Duration.ZERO));
            } catch (TimeoutException e) {
                // It is not known yet, so nothing is read there.
            }
        }
        return positions;
    }

    /** Reads one partition after the other, from where it was, until one has a record or cannot be read. */
    private ConsumerRecords<byte[], byte[]> pollEach(Map<TopicPartition, Long> positions, OutOfMemoryError failure) {
        positions.keySet().retainAll(assignment());
        positions.forEach(super::seek); // nothing of what was read has been given to anyone
        List<TopicPartition> open = new ArrayList<>(positions.keySet());
        open.removeAll(paused());
        open.sort(Comparator.comparing(
                partition -> !failed.isBehindUnread(position(partition, positions.get(partition)))));
        for (TopicPartition partition : open) {
            Optional<ConsumerRecords<byte[], byte[]>> read = pollAlone(partition, open);
            if (read.isEmpty()) {
                return passOver(partition, positions.get(partition), failure);
            }
            if (!read.get().isEmpty()) {
                return read.get();
            }
        }
        return ConsumerRecords.empty();
    }

    /** Returns what there is to read, perhaps nothing; empty if that cannot be read. */
    private Optional<ConsumerRecords<byte[], byte[]>> pollAlone(TopicPartition partition, List<TopicPartition> open) {
        Set<TopicPartition> others = new HashSet<>(open);
        others.remove(partition);
        super.pause(others);
        try {
            return Optional.of(super.poll(EACH));
        } catch (OutOfMemoryError e) {
            return Optional.empty();
        } catch (KafkaException e) {
            if (!isHalfRead(e)) {
                throw e;
            }
            return Optional.empty();
        } finally {
            others.retainAll(assignment());
            resume(others);
        }
    }

    private static boolean isHalfRead(KafkaException failure) {
        return String.valueOf(failure.getMessage()).contains(HALF_READ);
    }

    private ConsumerRecords<byte[], byte[]> passOver(
            TopicPartition partition, long position, OutOfMemoryError failure) {
        if (!assignment().contains(partition)) {
            return ConsumerRecords.empty();
        }
        if (!failed.isUnread(position(partition, position), failure)) {
            throw failure; // once more, by another consumer
        }
        super.seek(partition, position + 1);
        return unread(partition, position);
    }

    private static InputPosition position(TopicPartition partition, long offset) {
        return new InputPosition(partition.topic(), partition.partition(), offset);
    }

    private static ConsumerRecords<byte[], byte[]> unread(TopicPartition partition, long offset) {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>(partition.topic(), partition.partition(), offset, null, null);
        return new ConsumerRecords<>(
                Map.of(partition, List.of(record)), Map.of(partition, new OffsetAndMetadata(offset + 1)));
    }
}
