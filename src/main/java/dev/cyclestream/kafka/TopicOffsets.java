package dev.cyclestream.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The offsets at which the partitions of a topic begin and end, and those that an open transaction keeps from being read. */
public final class TopicOffsets implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(TopicOffsets.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration NEWS_EVERY = Duration.ofSeconds(10);

    private final String topic;
    private final Admin admin;

    public TopicOffsets(KafkaConnection connection, String topic) {
        this.topic = topic;
        admin = Admin.create(connection.clientSettings());
    }

    /** The oldest offset that each partition still holds. */
    public Map<Integer, Long> beginnings(Collection<Integer> partitions) {
        return offsets(partitions, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
    }

    /** The end of each partition, records of open transactions included. */
    public Map<Integer, Long> ends(Collection<Integer> partitions) {
        return offsets(partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
    }

    /**
     * A record that is not older than some time.
     *
     * @param offset of it
     * @param timestamp of it, in ms after 1970
     */
    public record Since(long offset, long timestamp) {}

    /** Of the partitions that hold a record which is not older, the first such, records of open transactions included. */
    public Map<Integer, Since> firstSince(Instant time, Collection<Integer> partitions) {
        Map<Integer, Since> first = new TreeMap<>();
        ask(partitions, OffsetSpec.forTimestamp(time.toEpochMilli()), IsolationLevel.READ_UNCOMMITTED)
                .forEach((partition, found) -> {
                    if (found.offset() >= 0) {
                        first.put(partition.partition(), new Since(found.offset(), found.timestamp()));
                    }
                });
        return first;
    }

    /** The end of what may be read of each partition: a transaction that is open holds back all behind its beginning. */
    public Map<Integer, Long> readable(Collection<Integer> partitions) {
        return offsets(partitions, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
    }

    /**
     * Waits until everything before a bound may be read, or patience is at its end.
     *
     * @param bounds by partition
     * @return by partition, the first offset that may not be read; only of those where that lies before the bound
     */
    public Map<Integer, Long> awaitTransactions(Map<Integer, Long> bounds, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        long news = System.nanoTime();
        while (true) {
            Map<Integer, Long> blocked = readable(bounds.keySet());
            blocked.entrySet().removeIf(first -> first.getValue() >= bounds.get(first.getKey()));
            if (blocked.isEmpty() || System.nanoTime() > end) {
                return blocked;
            }
            if (System.nanoTime() >= news) {
                blocked.forEach((partition, offset) -> LOGGER.info(
                        "{} partition {}: waiting for {}, for {} s at most",
                        topic,
                        partition,
                        openTransaction(partition, offset),
                        TimeUnit.NANOSECONDS.toSeconds(end - System.nanoTime())));
                news = System.nanoTime() + NEWS_EVERY.toNanos();
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** The transaction that keeps an offset and all behind it from being read, for people. */
    public String openTransaction(int partition, long offset) {
        String transaction = "a transaction that is open since offset " + offset;
        TopicPartition where = new TopicPartition(topic, partition);
        try {
            return ask(admin.describeProducers(List.of(where)).partitionResult(where)).activeProducers().stream()
                    .filter(producer -> producer.currentTransactionStartOffset().orElse(-1) == offset)
                    .findFirst()
                    .map(producer -> transaction + describe(producer))
                    .orElse(transaction);
        } catch (BrokerUnreachableException e) {
            return transaction; // describing it needs a right that reading does not
        }
    }

    private static String describe(ProducerState producer) {
        return " (producer %d, which last wrote at %s)"
                .formatted(producer.producerId(), Instant.ofEpochMilli(producer.lastTimestamp()));
    }

    private Map<Integer, Long> offsets(Collection<Integer> partitions, OffsetSpec which, IsolationLevel isolation) {
        Map<Integer, Long> offsets = new TreeMap<>();
        ask(partitions, which, isolation)
                .forEach((partition, found) -> offsets.put(partition.partition(), found.offset()));
        return offsets;
    }

    private Map<TopicPartition, ListOffsetsResultInfo> ask(
            Collection<Integer> partitions, OffsetSpec which, IsolationLevel isolation) {
        Map<TopicPartition, OffsetSpec> question = partitions.stream()
                .collect(Collectors.toMap(partition -> new TopicPartition(topic, partition), partition -> which));
        return ask(
                admin.listOffsets(question, new ListOffsetsOptions(isolation)).all());
    }

    private <T> T ask(KafkaFuture<T> answer) {
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new BrokerUnreachableException("%s: %s".formatted(topic, e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerUnreachableException("%s: %s".formatted(topic, e), e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
