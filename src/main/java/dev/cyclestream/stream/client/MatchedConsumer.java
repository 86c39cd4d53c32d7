package dev.cyclestream.stream.client;

import dev.cyclestream.deadletter.Books;
import dev.cyclestream.deadletter.MissingPartitionException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer that leaves the images of a partition in their topic while the output has no partition of the same number:
 * partitions may be added to an input that is being read, and to its output only later. All other partitions go on meanwhile.
 */
final class MatchedConsumer extends WatchedConsumer {

    private static final Logger LOGGER = LoggerFactory.getLogger(MatchedConsumer.class);
    private static final Duration ASK_EVERY = Duration.ofSeconds(5);
    private static final Duration ASK_PATIENCE = Duration.ofSeconds(2);
    private static final Duration SAY_EVERY = Duration.ofMinutes(1);

    private final Map<String, String> outputs;
    private final Map<String, Integer> outputPartitions = new HashMap<>();
    private final Set<TopicPartition> heldBack = new HashSet<>();
    private long askedNanos = System.nanoTime() - ASK_EVERY.toNanos();
    private long saidNanos = System.nanoTime() - SAY_EVERY.toNanos();

    MatchedConsumer(Map<String, Object> settings, Books books, Map<String, String> outputs) {
        super(settings, books);
        this.outputs = Map.copyOf(outputs);
    }

    @Override
    void assigned() {
        holdBack();
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration patience) {
        holdBack();
        return super.poll(patience);
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        super.resume(partitions.stream()
                .filter(partition -> !heldBack.contains(partition))
                .toList());
    }

    private void holdBack() {
        Set<TopicPartition> assigned = assignment();
        Set<TopicPartition> without =
                assigned.stream().filter(this::hasNoCounterpart).collect(Collectors.toSet());
        Set<TopicPartition> found = new HashSet<>(heldBack);
        found.removeAll(without);
        found.retainAll(assigned);
        heldBack.clear();
        heldBack.addAll(without);
        if (!without.isEmpty()) {
            pause(without);
            say(without);
        }
        if (!found.isEmpty()) {
            resume(found);
            LOGGER.info("reads {}, whose results have partitions of the same numbers now", found);
        }
    }

    /** A topic whose partitions nobody can count is taken to have one. */
    private boolean hasNoCounterpart(TopicPartition partition) {
        String output = outputs.get(partition.topic());
        if (output == null || partition.partition() < outputPartitions.getOrDefault(output, 0)) {
            return false;
        }
        if (System.nanoTime() - askedNanos > ASK_EVERY.toNanos()) {
            ask();
        }
        return partition.partition() >= outputPartitions.getOrDefault(output, Integer.MAX_VALUE);
    }

    private void ask() {
        askedNanos = System.nanoTime();
        for (String output : outputs.values()) {
            try {
                outputPartitions.put(output, partitionsFor(output, ASK_PATIENCE).size());
            } catch (KafkaException e) {
                LOGGER.debug("{}: {}", output, e.getMessage());
            }
        }
    }

    private void say(Set<TopicPartition> without) {
        if (System.nanoTime() - saidNanos > SAY_EVERY.toNanos()) {
            saidNanos = System.nanoTime();
            for (TopicPartition partition : without) {
                String output = outputs.get(partition.topic());
                LOGGER.warn(
                        "{}",
                        MissingPartitionException.describe(
                                partition.topic(), output, partition.partition(), outputPartitions.get(output)));
            }
        }
    }
}
