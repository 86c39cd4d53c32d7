package dev.cyclestream.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The brokers' knowledge of topics, of groups and of themselves. It asks at once, and changes nothing. */
public final class Brokers implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String bootstrapServers;
    private final Admin admin;

    public Brokers(KafkaConnection connection) {
        bootstrapServers = connection.bootstrapServers();
        admin = Admin.create(connection.clientSettings());
    }

    /** Those of the topics that there are. */
    public Map<String, TopicDescription> topics(Collection<String> names) {
        Map<String, TopicDescription> found = new TreeMap<>();
        admin.describeTopics(names)
                .topicNameValues()
                .forEach((name, description) -> answer(description, UnknownTopicOrPartitionException.class)
                        .ifPresent(topic -> found.put(name, topic)));
        return found;
    }

    /** True if this client may not even know that a topic exists. */
    public boolean isHidden(String topic) {
        try {
            topics(List.of(topic));
            return false;
        } catch (BrokerUnreachableException e) {
            if (e.getCause() instanceof TopicAuthorizationException) {
                return true;
            }
            throw e;
        }
    }

    /** A group; empty if there is none of this name. */
    public Optional<ConsumerGroupDescription> group(String name) {
        return answer(
                admin.describeConsumerGroups(List.of(name)).describedGroups().get(name),
                GroupIdNotFoundException.class);
    }

    /**
     * The positions that a group has committed.
     *
     * @param settled whether those of transactions that end just now are waited for
     */
    public Map<TopicPartition, Long> committed(String group, boolean settled) {
        Map<TopicPartition, Long> committed = new HashMap<>();
        answer(
                        admin.listConsumerGroupOffsets(
                                        group, new ListConsumerGroupOffsetsOptions().requireStable(settled))
                                .partitionsToOffsetAndMetadata(),
                        GroupIdNotFoundException.class)
                .orElse(Map.of())
                .forEach((partition, position) -> {
                    if (position != null) {
                        committed.put(partition, position.offset());
                    }
                });
        return committed;
    }

    /** The beginning or end of each partition. */
    public Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> question =
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        answer(admin.listOffsets(question).all()).forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }

    /** The lowest value that a setting has at any broker; empty where nobody may ask, or no broker has it. */
    Optional<Long> lowestSetting(String name) {
        List<ConfigResource> brokers = answer(admin.describeCluster().nodes()).stream()
                .map(node -> new ConfigResource(ConfigResource.Type.BROKER, node.idString()))
                .toList();
        Map<ConfigResource, Config> configs = answer(
                        admin.describeConfigs(brokers).all(), AuthorizationException.class)
                .orElse(Map.of());
        return configs.values().stream()
                .map(config -> config.get(name))
                .filter(entry -> entry != null && entry.value() != null)
                .map(ConfigEntry::value)
                .map(Long::valueOf)
                .min(Long::compare);
    }

    private <T> T answer(KafkaFuture<T> future) {
        return answer(future, NeverException.class).orElseThrow();
    }

    /** Empty if the brokers say so in this way. */
    private <T> Optional<T> answer(KafkaFuture<T> future, Class<? extends Exception> none) {
        try {
            return Optional.of(future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            if (none.isInstance(e.getCause())) {
                return Optional.empty();
            }
            throw new BrokerUnreachableException(
                    "%s: %s".formatted(bootstrapServers, e.getCause().getMessage()), e.getCause());
        } catch (TimeoutException e) {
            throw new BrokerUnreachableException(
                    "no broker answers at %s: no answer within %s".formatted(bootstrapServers, PATIENCE), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerUnreachableException("%s: %s".formatted(bootstrapServers, e), e);
        }
    }

    /** Nobody throws it. */
    private static final class NeverException extends Exception {
        private static final long serialVersionUID = 1;
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
