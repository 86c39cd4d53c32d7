package dev.cyclestream.rollout;

import dev.cyclestream.kafka.CommittedReader;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TopicOffsets;
import dev.cyclestream.kafka.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The topic {@code APPLICATION-activations}, compacted, which holds the activations of all partitions. It takes the place of a state
 * store: the changelog of a store must have exactly as many partitions as the input, and an instance of Kafka Streams that finds
 * another number stops, so that nobody could add partitions to an input.
 *
 * <p>An activation is written in the transaction of a result, and read by whoever gets the partition: up to everything that was
 * written there, which is more than what was committed there, since the marker of a transaction may come later than the position
 * of the group that the same transaction committed. For several threads.
 */
public final class ActivationsTopic implements AutoCloseable {

    private final KafkaConnection connection;
    private final String topic;
    private final Map<TopicPartition, List<Activation>> known = new HashMap<>();
    private Optional<Open> open = Optional.empty();

    /** The topic, once it is there. */
    private record Open(CommittedReader reader, TopicOffsets offsets) implements AutoCloseable {
        @Override
        public void close() {
            reader.close();
            offsets.close();
        }
    }

    public ActivationsTopic(KafkaConnection connection, String applicationId) {
        this.connection = connection;
        this.topic = name(applicationId);
    }

    /** The topic's name. */
    public String topic() {
        return topic;
    }

    /** The name of an application's topic. */
    public static String name(String applicationId) {
        return applicationId + "-activations";
    }

    /**
     * The activations of a partition that were committed by whoever had it before; waits for what is not decided yet.
     *
     * @param input partition of an input topic
     * @param topicId of that topic
     */
    public synchronized Activations of(TopicPartition input, String topicId) {
        readOn(reader ->
                List.of(partition(input.partition(), reader.partitions().size())));
        Activations activations = new Activations();
        known.getOrDefault(input, List.of()).stream()
                .filter(activation -> activation.topicId().equals(topicId))
                .forEach(activation -> activations.add(activation.offset(), activation.split()));
        return activations;
    }

    /** All activations that were committed, in the order of each partition. */
    public synchronized List<Activation> all() {
        readOn(reader ->
                reader.partitions().stream().map(TopicPartition::partition).toList());
        return known.values().stream().flatMap(List::stream).toList();
    }

    /** The partition that holds the activations of a partition of an input: others' transactions hold nobody up. */
    public static int partition(int input, int partitions) {
        return input % partitions;
    }

    private void readOn(Function<CommittedReader, List<Integer>> partitions) {
        if (open.isEmpty()) {
            open = open();
        }
        open.ifPresent(found -> {
            Map<TopicPartition, Long> ends = new HashMap<>();
            found.offsets()
                    .ends(partitions.apply(found.reader()))
                    .forEach((number, end) -> ends.put(found.reader().partition(number), end));
            found.reader().readOn(ends, () -> false, records -> records.forEach(this::take));
        });
    }

    private Optional<Open> open() {
        try (Topics topics = new Topics(connection)) {
            if (!topics.exists(topic)) {
                return Optional.empty();
            }
            topics.requireLasting(topic);
        }
        return Optional.of(new Open(new CommittedReader(connection, topic), new TopicOffsets(connection, topic)));
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        Activation activation = Activation.of(record.value(), CommittedReader.position(record));
        known.computeIfAbsent(
                        new TopicPartition(activation.topic(), activation.partition()), partition -> new ArrayList<>())
                .add(activation);
    }

    @Override
    public synchronized void close() {
        open.ifPresent(Open::close);
        open = Optional.empty();
    }
}
