package dev.cyclestream.kafka;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics of a cluster: which there are, and making those that are missing. Asks the brokers at once. */
public final class Topics implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final KafkaConnection connection;
    private final Admin admin;

    /**
     * Connects.
     *
     * @throws BrokerUnreachableException if no broker answers within 10 s
     */
    public Topics(KafkaConnection connection) {
        this.connection = connection;
        awaitListener();
        admin = Admin.create(connection.clientSettings());
        try {
            ask(() -> admin.describeCluster().nodes());
        } catch (RuntimeException e) {
            admin.close(Duration.ZERO);
            throw e;
        }
    }

    /** Waits until anyone listens: Kafka's own client would go on trying, and say so several times a second. */
    private void awaitListener() {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (true) {
            IOException failure = new IOException("no address");
            for (InetSocketAddress address : connection.addresses()) {
                try (Socket socket = new Socket()) {
                    socket.connect(new InetSocketAddress(address.getHostString(), address.getPort()), (int)
                            TIMEOUT.toMillis());
                    return;
                } catch (IOException e) {
                    failure = e;
                }
            }
            if (System.nanoTime() > end) {
                throw unreachable(failure);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /**
     * Makes sure that topics are there.
     *
     * @throws MissingTopicException if not
     */
    public void require(Collection<String> topics) {
        Set<String> missing = missing(topics);
        if (!missing.isEmpty()) {
            throw new MissingTopicException("%s: expected topic%s %s, found none"
                    .formatted(
                            connection.bootstrapServers(), missing.size() == 1 ? "" : "s", String.join(", ", missing)));
        }
    }

    /**
     * Makes those of the topics that the cluster does not have.
     *
     * @param partitions of each; empty leaves it to the brokers
     * @param maxRecordBytes largest record that each takes
     * @return the topics that were made
     */
    public Set<String> createMissing(Collection<String> topics, Optional<Integer> partitions, int maxRecordBytes) {
        return createMissing(
                topics,
                partitions,
                Map.of(
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        Integer.toString(maxRecordBytes),
                        TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, // results have the timestamps of inputs
                        Long.toString(Long.MAX_VALUE)));
    }

    /** Makes a topic of one partition that keeps its records for ever, unless the cluster has it. */
    public void createLastingIfMissing(String topic) {
        createMissing(
                List.of(topic),
                Optional.of(1),
                Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1", TopicConfig.RETENTION_BYTES_CONFIG, "-1"));
    }

    /** Makes a topic of one partition that keeps the last record of each key for ever, unless the cluster has it. */
    public void createCompactedIfMissing(String topic) {
        createCompactedIfMissing(topic, 1);
    }

    /** Makes a topic of several partitions that keeps the last record of each key for ever, unless the cluster has it. */
    public void createCompactedIfMissing(String topic, int partitions) {
        createMissing(
                List.of(topic),
                Optional.of(partitions),
                Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
    }

    /**
     * Makes sure that a topic keeps the last record of each key for ever.
     *
     * @throws IllegalArgumentException if it does not
     */
    public void requireLasting(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        String policy = setting(
                        ask(() -> admin.describeConfigs(List.of(resource)).all())
                                .get(resource),
                        TopicConfig.CLEANUP_POLICY_CONFIG)
                .orElse(TopicConfig.CLEANUP_POLICY_COMPACT);
        if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            throw new IllegalArgumentException(
                    "topic %s: expected cleanup.policy=compact, found %s, by which what it holds is forgotten; set it"
                            .formatted(topic, policy));
        }
    }

    /** The id of a topic that exists: another topic that is made later under its name has another one. */
    public String id(String topic) {
        return ask(() -> admin.describeTopics(List.of(topic)).allTopicNames())
                .get(topic)
                .topicId()
                .toString();
    }

    private Set<String> createMissing(
            Collection<String> topics, Optional<Integer> partitions, Map<String, String> configs) {
        Set<String> missing = missing(topics);
        for (String topic : missing) {
            NewTopic created = new NewTopic(topic, partitions, Optional.empty()).configs(configs);
            try {
                ask(() -> admin.createTopics(List.of(created)).all());
            } catch (TopicExistsException e) {
                // Another instance that started at the same time made it.
            }
        }
        awaitAll(missing);
        return missing;
    }

    /** Waits for the brokers to know what they made. */
    private void awaitAll(Set<String> topics) {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (!missing(topics).isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        require(topics);
    }

    /** The names of all topics. */
    public Set<String> names() {
        return ask(() -> admin.listTopics().names());
    }

    /** True if the cluster has this topic. */
    public boolean exists(String topic) {
        return missing(List.of(topic)).isEmpty();
    }

    /** Deletes topics that the cluster has, and waits until they are gone. */
    public void delete(Collection<String> topics) {
        if (topics.isEmpty()) {
            return;
        }
        ask(() -> admin.deleteTopics(topics).all());
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (missing(topics).size() < topics.size() && System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private Set<String> missing(Collection<String> topics) {
        Set<String> missing = new TreeSet<>(topics);
        missing.removeAll(names());
        return missing;
    }

    /** The number of partitions of these topics, all together. */
    public int partitions(Collection<String> topics) {
        return ask(() -> admin.describeTopics(topics).allTopicNames()).values().stream()
                .mapToInt(topic -> topic.partitions().size())
                .sum();
    }

    /** The limits of records in these topics. */
    public OutputLimits limits(Collection<String> topics) {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        Map<String, TopicLimits> limits = new HashMap<>();
        Map<ConfigResource, Config> configs =
                ask(() -> admin.describeConfigs(resources).all());
        configs.forEach((resource, config) -> limits.put(resource.name(), limits(config)));
        return new OutputLimits(limits);
    }

    private static TopicLimits limits(Config config) {
        boolean stampedByBrokers =
                setting(config, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).equals(Optional.of("LogAppendTime"));
        return new TopicLimits(
                setting(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
                        .map(Integer::parseInt)
                        .orElse(Integer.MAX_VALUE),
                setting(config, TopicConfig.CLEANUP_POLICY_CONFIG)
                        .filter(policy -> policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT))
                        .isPresent(),
                stampedByBrokers ? Long.MAX_VALUE : millis(config, TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG),
                stampedByBrokers ? Long.MAX_VALUE : millis(config, TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG));
    }

    private static long millis(Config config, String name) {
        return setting(config, name).map(Long::parseLong).orElse(Long.MAX_VALUE);
    }

    /** Empty where the brokers do not know the setting. */
    private static Optional<String> setting(Config config, String name) {
        return Optional.ofNullable(config.get(name)).map(ConfigEntry::value);
    }

    /** Asks until there is an answer. A topic that was just made is not known to all brokers at once. */
    private <T> T ask(Supplier<KafkaFuture<T>> question) {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (true) {
            try {
                return question.get().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                throw unreachable(new TimeoutException("no answer within " + TIMEOUT));
            } catch (ExecutionException e) {
                if (e.getCause() instanceof TopicExistsException exists) {
                    throw exists;
                }
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > end) {
                    throw new BrokerUnreachableException(
                            connection.bootstrapServers() + ": " + describe(e.getCause()), e.getCause());
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw unreachable(e);
            }
        }
    }

    private BrokerUnreachableException unreachable(Throwable cause) {
        return new BrokerUnreachableException(
                "no broker answers at %s: %s".formatted(connection.bootstrapServers(), describe(cause)), cause);
    }

    private static String describe(Throwable cause) {
        if (cause instanceof UnknownHostException) {
            return "unknown host " + cause.getMessage();
        }
        String name = cause.getClass().getSimpleName();
        return cause.getMessage() == null || cause.getMessage().isBlank() ? name : cause.getMessage();
    }

    @Override
    public void close() {
        admin.close();
    }
}
