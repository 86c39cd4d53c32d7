package dev.cyclestream.progress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks the brokers how far a group is behind: the end of each log less what is committed. A consumer's own figure is the end
 * less what it has fetched, which is far ahead of what is done just when much waits, and it has none before its first fetch.
 */
final class ConsumerLag implements AutoCloseable {

    /** Shorter than a scrape may take; questions are asked side by side. */
    private static final int PATIENCE_MILLIS = 2000;

    private final Admin admin;
    private final String group;
    private final ToLongFunction<TopicPartition> bound;

    /**
     * Connects at the first question.
     *
     * @param clientSettings of Kafka's clients
     * @param bound at which work ends, by partition; {@link Long#MAX_VALUE} where it does not
     */
    ConsumerLag(Map<String, Object> clientSettings, String group, ToLongFunction<TopicPartition> bound) {
        this.group = group;
        this.bound = bound;
        admin = Admin.create(clientSettings);
    }

    /**
     * The records that wait in a partition.
     *
     * @param done the first offset that is not done
     * @param records from there to the end
     */
    record Waiting(TopicPartition partition, long done, long records) {}

    /**
     * The records that wait in each of these partitions.
     *
     * @param progress of the instance that reads them
     * @throws ExecutionException if the brokers do not answer in time
     */
    List<Waiting> of(Collection<TopicPartition> partitions, Progress progress)
            throws ExecutionException, InterruptedException {
        KafkaFuture<Map<TopicPartition, OffsetAndMetadata>> committed = committed(partitions);
        KafkaFuture<Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo>> starts =
                offsets(partitions, OffsetSpec.earliest());
        KafkaFuture<Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo>> ends =
                offsets(partitions, OffsetSpec.latest());
        List<Waiting> waiting = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata offset = committed.get().get(partition);
            long start = starts.get().get(partition).offset();
            long done = Math.max(
                    Math.max(start, offset == null ? 0 : offset.offset()),
                    progress.doneUpTo(partition).orElse(0));
            long end = Math.min(ends.get().get(partition).offset(), bound.applyAsLong(partition));
            waiting.add(new Waiting(partition, done, Math.max(0, end - done)));
        }
        return waiting;
    }

    private KafkaFuture<Map<TopicPartition, OffsetAndMetadata>> committed(Collection<TopicPartition> partitions) {
        ListConsumerGroupOffsetsSpec spec = new ListConsumerGroupOffsetsSpec().topicPartitions(partitions);
        ListConsumerGroupOffsetsOptions options = new ListConsumerGroupOffsetsOptions().timeoutMs(PATIENCE_MILLIS);
        return admin.listConsumerGroupOffsets(Map.of(group, spec), options).partitionsToOffsetAndMetadata(group);
    }

    private KafkaFuture<Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo>> offsets(
            Collection<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> specs = new HashMap<>();
        partitions.forEach(partition -> specs.put(partition, which));
        return admin.listOffsets(specs, new ListOffsetsOptions().timeoutMs(PATIENCE_MILLIS))
                .all();
    }

    /**
     * The partitions of these topics that no member of the group reads.
     *
     * @param butFor whether a member does not count, by its client id
     * @throws ExecutionException if the brokers do not answer in time
     */
    Set<TopicPartition> unread(Collection<String> topics, Predicate<String> butFor)
            throws ExecutionException, InterruptedException {
        KafkaFuture<Map<String, TopicDescription>> described = admin.describeTopics(
                        topics, new DescribeTopicsOptions().timeoutMs(PATIENCE_MILLIS))
                .allTopicNames();
        KafkaFuture<Map<String, ConsumerGroupDescription>> groups = admin.describeConsumerGroups(
                        List.of(group), new DescribeConsumerGroupsOptions().timeoutMs(PATIENCE_MILLIS))
                .all();
        Set<TopicPartition> unread = new HashSet<>();
        described
                .get()
                .forEach((topic, description) -> description.partitions().stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .forEach(unread::add));
        groups.get().get(group).members().stream()
                .filter(member -> !butFor.test(member.clientId()))
                .forEach(member -> unread.removeAll(member.assignment().topicPartitions()));
        return unread;
    }

    /** True if any broker answers, for an instance that reads nothing. */
    void requireAnswer() throws ExecutionException, InterruptedException {
        admin.describeCluster(new DescribeClusterOptions().timeoutMs(PATIENCE_MILLIS))
                .clusterId()
                .get();
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
