package dev.cyclestream.stream.setup;

import dev.cyclestream.event.EventSerdes;
import dev.cyclestream.event.Provenance;
import dev.cyclestream.event.TranslatedImage;
import dev.cyclestream.kafka.Brokers;
import dev.cyclestream.kafka.CommittedReader;
import dev.cyclestream.kafka.KafkaConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Results that are there already of inputs that a group would read again, since it has no position behind them: its id is new,
 * or the brokers have forgotten where it was. Results say which input they were made of, so that other results in the same
 * topic, partitions that are new and inputs that were deleted since are told apart.
 */
final class EarlierResults {

    private static final Logger LOGGER = LoggerFactory.getLogger(EarlierResults.class);

    private final KafkaConnection connection;
    private final Brokers brokers;

    EarlierResults(KafkaConnection connection, Brokers brokers) {
        this.connection = connection;
        this.brokers = brokers;
    }

    /**
     * The inputs that would be translated twice.
     *
     * @throws dev.cyclestream.event.RegistryUnreachableException if results cannot be read without the registry
     */
    Optional<String> complaint(String applicationId, SetUp.Link link, int partitions) {
        Map<TopicPartition, Long> held = held(link.inputTopic(), partitions);
        held.keySet().removeAll(brokers.committed(applicationId, false).keySet());
        if (held.isEmpty()) {
            return Optional.empty();
        }
        Map<TopicPartition, Long> made;
        try {
            made = made(link, held);
        } catch (AuthorizationException e) {
            LOGGER.warn("whether {} holds results already is not known: {}", link.outputTopic(), e.getMessage());
            return Optional.empty();
        }
        if (!made.isEmpty()) { // results and positions are committed together, perhaps by another instance just now
            made.keySet().removeAll(brokers.committed(applicationId, true).keySet());
        }
        return made.isEmpty() ? Optional.empty() : Optional.of(describe(applicationId, link, made));
    }

    private static String describe(String applicationId, SetUp.Link link, Map<TopicPartition, Long> made) {
        Map.Entry<TopicPartition, Long> again = made.entrySet().iterator().next();
        String partitions = made.keySet().stream()
                .map(TopicPartition::partition)
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        return "--application-id %s: knows no position in partition%s %s of %s (a new id, or forgotten after offsets.retention.minutes), so it would translate again what %s holds already, such as the result of partition %d offset %d; give the id that made these results, or set its positions with kafka-consumer-groups.sh --reset-offsets, or set --translate-again if they are to come twice"
                .formatted(
                        applicationId,
                        made.size() == 1 ? "" : "s",
                        partitions,
                        link.inputTopic(),
                        link.outputTopic(),
                        again.getKey().partition(),
                        again.getValue());
    }

    /** The beginning of each partition that holds anything. */
    private Map<TopicPartition, Long> held(String topic, int partitions) {
        Set<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toSet());
        Map<TopicPartition, Long> ends = brokers.offsets(all, OffsetSpec.latest());
        Map<TopicPartition, Long> held = brokers.offsets(all, OffsetSpec.earliest());
        held.entrySet().removeIf(begin -> begin.getValue() >= ends.get(begin.getKey()));
        return held;
    }

    /** Of the inputs that are still there, one in each partition that has its result. */
    private Map<TopicPartition, Long> made(SetUp.Link link, Map<TopicPartition, Long> held) {
        Map<TopicPartition, Long> ends = brokers.offsets(held.keySet(), OffsetSpec.latest());
        String id = brokers.topics(Set.of(link.inputTopic()))
                .get(link.inputTopic())
                .topicId()
                .toString();
        Map<TopicPartition, Long> made = new HashMap<>();
        Deserializer<SpecificRecord> deserializer =
                connection.serdes(Duration.ZERO).anyEvent();
        try (CommittedReader results = new CommittedReader(connection, link.outputTopic())) {
            for (ConsumerRecord<byte[], byte[]> record : results.latest()) {
                provenance(deserializer, record)
                        .filter(source -> isOf(id, source))
                        .ifPresent(source -> {
                            TopicPartition partition =
                                    new TopicPartition(source.getSourceTopic(), source.getSourcePartition());
                            long offset = source.getSourceOffset();
                            if (offset >= held.getOrDefault(partition, Long.MAX_VALUE)
                                    && offset < ends.get(partition)) {
                                made.put(partition, offset);
                            }
                        });
            }
        }
        return made;
    }

    /** True if a result may be of the topic that is there now: one that is made anew has another id, and the same offsets. */
    private static boolean isOf(String topicId, Provenance source) {
        return source.getSourceTopicId() == null
                || topicId.equals(source.getSourceTopicId().toString());
    }

    /** Empty if the record is no result, whatever else it is. */
    private static Optional<Provenance> provenance(
            Deserializer<SpecificRecord> deserializer, ConsumerRecord<byte[], byte[]> record) {
        try {
            return deserializer.deserialize(record.topic(), record.value()) instanceof TranslatedImage image
                    ? Optional.of(image.getProvenance())
                    : Optional.empty();
        } catch (RuntimeException e) {
            if (EventSerdes.isUnreadable(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
