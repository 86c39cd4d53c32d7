package dev.cyclestream.stream.client;

import dev.cyclestream.deadletter.Books;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * A consumer that gives nothing beyond the bounds of a replay: it drops that, and pauses the partition, so that what producers
 * go on writing is not even fetched. Kafka Streams pauses and resumes partitions for reasons of its own; one that is at its
 * bound stays paused, and one that is given back at an earlier position is read again, since nothing is remembered here but
 * what the consumer itself knows.
 *
 * <p>Positions that lie beyond a bound are told as the bound: Kafka Streams commits them.
 */
final class BoundedConsumer extends WatchedConsumer {

    private final BoundedRun run;

    BoundedConsumer(Map<String, Object> settings, Books books, BoundedRun run) {
        super(withoutReset(settings), books);
        this.run = run;
    }

    /** A consumer that finds a position by itself passes over what is gone without a word. */
    private static Map<String, Object> withoutReset(Map<String, Object> settings) {
        Map<String, Object> strict = new HashMap<>(settings);
        strict.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        return strict;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration patience) {
        try {
            return super.poll(patience);
        } catch (OffsetOutOfRangeException e) {
            passOver(e);
            return ConsumerRecords.empty();
        } catch (NoOffsetForPartitionException e) {
            leaveOut(e);
            return ConsumerRecords.empty();
        }
    }

    @Override
    ConsumerRecords<byte[], byte[]> within(ConsumerRecords<byte[], byte[]> polled) {
        List<TopicPartition> done = polled.nextOffsets().entrySet().stream()
                .filter(next -> next.getValue().offset() >= bound(next.getKey()))
                .map(Map.Entry::getKey)
                .toList();
        if (done.isEmpty()) {
            return polled;
        }
        super.pause(done);
        return withinBounds(polled);
    }

    /** Goes on at the oldest record that is left, once it is known to others that those before it are gone. */
    private void passOver(OffsetOutOfRangeException gone) {
        Map<TopicPartition, Long> positions = gone.offsetOutOfRangePartitions();
        Map<TopicPartition, Long> beginnings = beginningOffsets(positions.keySet());
        positions.forEach((partition, position) -> {
            long beginning = beginnings.get(partition);
            if (beginning <= position) {
                throw gone; // it is the end that is gone, and what is written there next is not what was planned
            }
            if (position < bound(partition)) {
                run.losses().deleted(partition.partition(), position, Math.min(beginning, bound(partition)));
            }
            seek(partition, beginning);
        });
    }

    /** Partitions that were added since the plan was made have no position, and nothing to replay. */
    private void leaveOut(NoOffsetForPartitionException unknown) {
        if (!unknown.partitions().stream().allMatch(partition -> bound(partition) == 0)) {
            throw unknown; // the group has forgotten how far it was
        }
        seekToBeginning(unknown.partitions());
    }

    private ConsumerRecords<byte[], byte[]> withinBounds(ConsumerRecords<byte[], byte[]> polled) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> kept = polled.records(partition).stream()
                    .filter(record -> record.offset() < bound(partition))
                    .toList();
            if (!kept.isEmpty()) {
                records.put(partition, kept);
            }
        }
        Map<TopicPartition, OffsetAndMetadata> nextOffsets = new HashMap<>(polled.nextOffsets());
        nextOffsets.replaceAll((partition, next) -> next.offset() <= bound(partition)
                ? next
                : new OffsetAndMetadata(bound(partition), next.leaderEpoch(), next.metadata()));
        return new ConsumerRecords<>(records, nextOffsets);
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        List<TopicPartition> open = new ArrayList<>(partitions);
        open.removeIf(this::isDone);
        super.resume(open);
    }

    /** A partition without a known position may have something to read. */
    private boolean isDone(TopicPartition partition) {
        try {
            return super.position(partition, Duration.ZERO) >= bound(partition);
        } catch (TimeoutException e) {
            return false;
        }
    }

    @Override
    public long position(TopicPartition partition) {
        return Math.min(super.position(partition), bound(partition));
    }

    @Override
    long bound(TopicPartition partition) {
        return run.bound(partition.partition());
    }
}
