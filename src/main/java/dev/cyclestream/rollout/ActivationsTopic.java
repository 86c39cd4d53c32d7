package dev.cyclestream.rollout;

import dev.cyclestream.kafka.CommittedReader;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TopicOffsets;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.kafka.UndecidedRecords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The topic {@code APPLICATION-activations}, compacted, which holds the activations of all partitions. It takes the place of a state
 * store: the changelog of a store must have exactly as many partitions as the input, and an instance of Kafka Streams that finds
 * another number stops, so that nobody could add partitions to an input.
 *
 * <p>An activation is written in the transaction of a result, and read by whoever gets the partition. The marker of a transaction may
 * come later than the position of the group that the same transaction committed. So whoever reads waits for the transactions that have
 * written something of this partition, and for no others: one of them may be the reader's own. For several threads.
 */
public final class ActivationsTopic implements AutoCloseable {

    private final KafkaConnection connection;
    private final String topic;
    private final UndecidedRecords undecided;
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
        this.undecided = new UndecidedRecords(connection);
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
     * The activations of a partition that were committed by whoever had it before; waits for those that are not decided yet.
     *
     * @param input partition of an input topic
     * @param topicId of that topic
     */
    public synchronized Activations of(TopicPartition input, String topicId) {
        openIfThere().ifPresent(found -> {
            int number =
                    partition(input.partition(), found.reader().partitions().size());
            long end = found.offsets().ends(List.of(number)).get(number);
            readOn(found, found.offsets().readable(List.of(number)));
            awaitUndecided(found, found.reader().partition(number), end, input);
        });
        Activations activations = new Activations();
        known.getOrDefault(input, List.of()).stream()
                .filter(activation -> activation.topicId().equals(topicId))
                .forEach(activation -> activations.add(activation.offset(), activation.split()));
        return activations;
    }

    private void awaitUndecided(Open found, TopicPartition partition, long end, TopicPartition input) {
        long readable = found.reader().position(partition);
        if (readable < end) {
            undecided.between(partition, readable, end).stream()
                    .filter(record -> isOf(record, input))
                    .mapToLong(ConsumerRecord::offset)
                    .max()
                    .ifPresent(last -> readOn(found, Map.of(partition.partition(), last + 1)));
        }
    }

    private static boolean isOf(ConsumerRecord<byte[], byte[]> record, TopicPartition input) {
        Activation activation = Activation.of(record.value(), CommittedReader.position(record));
        return activation.topic().equals(input.topic()) && activation.partition() == input.partition();
    }

    /** All activations that were committed, in the order of each partition. */
    public synchronized List<Activation> all() {
        openIfThere()
                .ifPresent(found -> readOn(
                        found,
                        found.offsets()
                                .readable(found.reader().partitions().stream()
                                        .map(TopicPartition::partition)
                                        .toList())));
        return known.values().stream().flatMap(List::stream).toList();
    }

    /** The partition that holds the activations of a partition of an input: others' transactions hold nobody up. */
    public static int partition(int input, int partitions) {
        return input % partitions;
    }

    private void readOn(Open found, Map<Integer, Long> ends) {
        Map<TopicPartition, Long> byPartition = new HashMap<>();
        ends.forEach((number, end) -> byPartition.put(found.reader().partition(number), end));
        found.reader().readOn(byPartition, () -> false, records -> records.forEach(this::take));
    }

    private Optional<Open> openIfThere() {
        if (open.isEmpty()) {
            open = open();
        }
        return open;
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
