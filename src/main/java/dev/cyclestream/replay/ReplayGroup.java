package dev.cyclestream.replay;

import dev.cyclestream.kafka.BrokerUnreachableException;
import dev.cyclestream.kafka.KafkaConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;

/** The consumer group of a replay: how far it is, and who is in it. */
final class ReplayGroup implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final String bootstrapServers;
    private final String group;
    private final Admin admin;

    ReplayGroup(KafkaConnection connection, ReplayName name) {
        bootstrapServers = connection.bootstrapServers();
        group = name.applicationId();
        admin = Admin.create(connection.clientSettings());
    }

    /** The first offset of each partition that is not done; partitions that the group knows nothing of are missing. */
    Map<Integer, Long> committed(String topic) {
        Map<TopicPartition, OffsetAndMetadata> offsets = ask(() ->
                        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .orElse(Map.of());
        Map<Integer, Long> committed = new TreeMap<>();
        offsets.forEach((partition, offset) -> {
            if (partition.topic().equals(topic) && offset != null) {
                committed.put(partition.partition(), offset.offset());
            }
        });
        return committed;
    }

    /** True if the cluster knows the group. */
    boolean exists() {
        return ask(() -> admin.listGroups().all()).orElse(List.of()).stream()
                .anyMatch(listed -> listed.groupId().equals(group));
    }

    /** The number of its consumers: as many as the threads of all instances. */
    int members() {
        return ask(() -> admin.describeConsumerGroups(List.of(group)).all())
                .map(groups -> groups.get(group).members().size())
                .orElse(0);
    }

    /**
     * Removes the group.
     *
     * @throws IllegalArgumentException if it has members
     */
    void delete() {
        try {
            ask(() -> admin.deleteConsumerGroups(List.of(group)).all());
        } catch (GroupNotEmptyException e) {
            throw new IllegalArgumentException(group + ": an instance has just started", e);
        }
    }

    /** Empty if there is no such group. */
    private <T> Optional<T> ask(Supplier<KafkaFuture<T>> question) {
        try {
            return Optional.ofNullable(question.get().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Optional.empty();
            }
            if (e.getCause() instanceof GroupNotEmptyException notEmpty) {
                throw notEmpty;
            }
            throw unreachable(e.getCause());
        } catch (TimeoutException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(e);
        }
    }

    private BrokerUnreachableException unreachable(Throwable cause) {
        return new BrokerUnreachableException(
                "%s: group %s: %s".formatted(bootstrapServers, group, cause.toString()), cause);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
