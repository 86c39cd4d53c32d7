package dev.cyclestream.stream;

import dev.cyclestream.deadletter.Books;
import dev.cyclestream.deadletter.MissingPartitionException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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

    private final Map<String, Route> routes;
    private final Map<String, Integer> outputPartitions = new HashMap<>();
    private final Set<TopicPartition> heldBack = new HashSet<>();
    private long askedNanos = System.nanoTime() - ASK_EVERY.toNanos();
    private long saidNanos = System.nanoTime() - SAY_EVERY.toNanos();

    MatchedConsumer(Map<String, Object> settings, Books books, List<Route> routes) {
        super(settings, books);
        this.routes = routes.stream().collect(Collectors.toMap(Route::inputTopic, route -> route));
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
        Route route = routes.get(partition.topic());
        if (route == null || partition.partition() < outputPartitions.getOrDefault(route.outputTopic(), 0)) {
            return false;
        }
        if (System.nanoTime() - askedNanos > ASK_EVERY.toNanos()) {
            ask();
        }
        return partition.partition() >= outputPartitions.getOrDefault(route.outputTopic(), Integer.MAX_VALUE);
    }

    private void ask() {
        askedNanos = System.nanoTime();
        for (Route route : routes.values()) {
            try {
                outputPartitions.put(
                        route.outputTopic(),
                        partitionsFor(route.outputTopic(), ASK_PATIENCE).size());
            } catch (KafkaException e) {
                LOGGER.debug("{}: {}", route.outputTopic(), e.getMessage());
            }
        }
    }

    private void say(Set<TopicPartition> without) {
        if (System.nanoTime() - saidNanos > SAY_EVERY.toNanos()) {
            saidNanos = System.nanoTime();
            for (TopicPartition partition : without) {
                Route route = routes.get(partition.topic());
                LOGGER.warn(
                        "{}",
                        MissingPartitionException.describe(
                                route.inputTopic(),
                                route.outputTopic(),
                                partition.partition(),
                                outputPartitions.get(route.outputTopic())));
            }
        }
    }
}
