package dev.cyclestream.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks the brokers how far a group is behind: the end of each log less what is committed. A consumer's own figure is the end
 * less what it has fetched, which is far ahead of what is done just when much waits, and it has none before its first fetch.
 */
final class ConsumerLag implements AutoCloseable {

    /** Shorter than a scrape may take. */
    private static final int PATIENCE_MILLIS = 3000;

    private final Admin admin;
    private final String group;
    private final Optional<BoundedRun> replay;

    /**
     * Connects at the first question.
     *
     * @param replay whose bounds are the ends; empty where the logs' ends are
     */
    ConsumerLag(KafkaConnection connection, String group, Optional<BoundedRun> replay) {
        this.group = group;
        this.replay = replay;
        admin = Admin.create(connection.clientSettings());
    }

    /** The lag of each of these partitions; none if the brokers do not answer in time. */
    List<PartitionLag> of(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return List.of();
        }
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = committed(partitions);
            Map<TopicPartition, Long> ends = offsets(partitions, OffsetSpec.latest());
            Map<TopicPartition, Long> starts = offsets(partitions, OffsetSpec.earliest());
            List<PartitionLag> lags = new ArrayList<>();
            for (TopicPartition partition : partitions) {
                long start = starts.get(partition);
                OffsetAndMetadata done = committed.get(partition);
                long from = done == null ? start : Math.max(start, done.offset());
                long waiting = Math.max(0, end(partition, ends.get(partition)) - from);
                lags.add(new PartitionLag(partition.topic(), partition.partition(), waiting));
            }
            return lags;
        } catch (ExecutionException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private long end(TopicPartition partition, long end) {
        return replay.map(run -> Math.min(end, run.bound(partition.partition())))
                .orElse(end);
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(Collection<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        ListConsumerGroupOffsetsSpec spec = new ListConsumerGroupOffsetsSpec().topicPartitions(partitions);
        ListConsumerGroupOffsetsOptions options = new ListConsumerGroupOffsetsOptions().timeoutMs(PATIENCE_MILLIS);
        return admin.listConsumerGroupOffsets(Map.of(group, spec), options)
                .partitionsToOffsetAndMetadata(group)
                .get();
    }

    private Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec which)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> specs = new HashMap<>();
        partitions.forEach(partition -> specs.put(partition, which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin.listOffsets(specs, new ListOffsetsOptions().timeoutMs(PATIENCE_MILLIS))
                .all()
                .get()
                .forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
