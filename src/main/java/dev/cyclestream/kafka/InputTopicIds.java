package dev.cyclestream.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Kafka's ids of the input topics. A topic that is deleted and made again repeats its offsets under another id, also while this
 * instance reads it, and a record does not say which of the two it comes from. So each consumer takes down the ids before it
 * reads anything, and each transaction asks again before it is committed: no id is given twice, so if it is still the same, what
 * was read in between comes from that topic. If it is not, nothing is committed, and a new thread begins with the new id.
 */
public final class InputTopicIds implements AutoCloseable {

    /** Under which records name the id of the topic that they tell of. */
    public static final String HEADER = "cyclestream.topic.id";

    /** Shorter than a transaction may last. */
    private static final int PATIENCE_MILLIS = 3000;

    private final Brokers brokers;
    private final ThreadLocal<Map<String, String>> read = ThreadLocal.withInitial(this::latest);
    private volatile Map<String, String> latest;

    /** Knows the ids of now. */
    public interface Brokers extends AutoCloseable {

        /**
         * The ids of those of the topics that exist.
         *
         * @throws KafkaException if there is no answer in time
         */
        Map<String, String> ids(Set<String> topics);

        @Override
        default void close() {}
    }

    /** @param ids of all input topics, before any of them is read */
    public InputTopicIds(Brokers brokers, Map<String, String> ids) {
        this.brokers = brokers;
        this.latest = Map.copyOf(ids);
    }

    /** Knows no ids. */
    public static InputTopicIds none() {
        return new InputTopicIds(topics -> Map.of(), Map.of());
    }

    /** Asks the brokers for the ids of these topics, now and before each commit. */
    public static InputTopicIds of(KafkaConnection connection, Set<String> topics) {
        Brokers brokers = new AdminBrokers(Admin.create(connection.clientSettings()));
        try {
            return new InputTopicIds(brokers, brokers.ids(topics));
        } catch (KafkaException e) {
            brokers.close();
            throw new BrokerUnreachableException(connection.bootstrapServers() + ": " + e.getMessage(), e);
        }
    }

    /** The ids as they were known last; whoever begins to read takes them down first. */
    public Map<String, String> latest() {
        return latest;
    }

    /** Everything that this thread has in hand from here on was read after these ids were known. */
    public void reading(Map<String, String> ids) {
        read.set(ids);
    }

    /** The id of the topic that this thread reads under a name; empty if the brokers give topics no ids. */
    public Optional<String> of(String topic) {
        return Optional.ofNullable(read.get().get(topic));
    }

    /**
     * Makes sure that what this thread has in hand comes from the topics whose ids it gave.
     *
     * @throws InputTopicMadeAnewException if it may not
     * @throws KafkaException if the brokers do not say so in time
     */
    public void confirm() {
        Map<String, String> given = read.get();
        if (given.isEmpty()) {
            return;
        }
        Map<String, String> now = brokers.ids(given.keySet());
        Map<String, String> known = new HashMap<>(latest);
        known.putAll(now);
        latest = Map.copyOf(known);
        given.forEach((topic, id) -> {
            if (!now.getOrDefault(topic, id).equals(id)) {
                throw new InputTopicMadeAnewException(
                        "topic %s was deleted and made anew: expected id %s, found %s; nothing is committed of what may be of either"
                                .formatted(topic, id, now.get(topic)));
            }
        });
    }

    @Override
    public void close() {
        brokers.close();
    }

    /** Those of a cluster. */
    private record AdminBrokers(Admin admin) implements Brokers {
        @Override
        public Map<String, String> ids(Set<String> topics) {
            Map<String, String> ids = new HashMap<>();
            admin.describeTopics(topics, new DescribeTopicsOptions().timeoutMs(PATIENCE_MILLIS))
                    .topicNameValues()
                    .forEach((topic, found) -> id(found).ifPresent(id -> ids.put(topic, id)));
            return ids;
        }

        private static Optional<String> id(KafkaFuture<TopicDescription> found) {
            try {
                return Optional.of(found.get().topicId())
                        .filter(id -> !id.equals(Uuid.ZERO_UUID))
                        .map(Uuid::toString);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                    return Optional.empty(); // deleted, and not made anew so far
                }
                throw e.getCause() instanceof KafkaException failure ? failure : new KafkaException(e.getCause());
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }

        @Override
        public void close() {
            admin.close(Duration.ZERO);
        }
    }
}
