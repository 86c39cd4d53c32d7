package dev.cyclestream.progress;

import dev.cyclestream.checkpoint.Maker;
import dev.cyclestream.progress.ProgressListener.CommittedInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The inputs that the threads of an instance have read and not committed, and what became of the others. Consumers and
 * producers tell of what they do; so a figure counts an input once it is committed, however often it was tried.
 */
public final class Progress {

    private static final Logger LOGGER = LoggerFactory.getLogger(Progress.class);

    /** Longer than the pause between two tries; after that, another instance has taken the partition over. */
    private static final Duration TROUBLE_LASTS = Duration.ofSeconds(30);

    private final ProgressListener listener;
    private final LongSupplier clock;
    private final Map<TopicPartition, Partition> partitions = new HashMap<>();
    private final Map<TopicPartition, Trouble> troubles = new HashMap<>();
    private long commits;
    private long images;
    private long deadLetters;
    private long expired;

    /** The state of a partition that this instance reads. */
    private static final class Partition {
        private final NavigableMap<Long, Input> inHand = new TreeMap<>();
        private OptionalLong next = OptionalLong.empty();
    }

    /** An input in hand. */
    private record Input(long timestamp, Optional<String> deadLetterReason, Optional<Maker> maker) {}

    /** Why a partition did not go on, and when. */
    private record Trouble(String why, long at) {}

    /** @param listener is told of what is counted */
    public Progress(ProgressListener listener) {
        this(listener, System::currentTimeMillis);
    }

    Progress(ProgressListener listener, LongSupplier clock) {
        this.listener = listener;
        this.clock = clock;
    }

    /** A consumer gave these records to its thread. */
    public synchronized void polled(ConsumerRecords<byte[], byte[]> polled) {
        polled.nextOffsets().forEach((partition, next) -> of(partition).next = OptionalLong.of(next.offset()));
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            of(new TopicPartition(record.topic(), record.partition()))
                    .inHand
                    .put(record.offset(), new Input(record.timestamp(), Optional.empty(), Optional.empty()));
        }
    }

    /** A thread has given partitions back, with what it had in hand of them. */
    public synchronized void dropped(Collection<TopicPartition> dropped) {
        dropped.forEach(partitions::remove);
    }

    /** The checkpoint that an input is translated by. */
    public synchronized void chosen(TopicPartition partition, long offset, Maker maker) {
        Partition known = partitions.get(partition);
        if (known != null) {
            known.inHand.computeIfPresent(
                    offset, (key, input) -> new Input(input.timestamp(), Optional.empty(), Optional.of(maker)));
        }
    }

    /** The outcome of an input, once its transaction is committed. */
    public synchronized void deadLetter(TopicPartition partition, long offset, String reason) {
        of(partition)
                .inHand
                .computeIfPresent(
                        offset, (key, input) -> new Input(input.timestamp(), Optional.of(reason), input.maker()));
    }

    /** A transaction with these offsets is committed. */
    public void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        List<CommittedInput> done = new ArrayList<>();
        synchronized (this) {
            commits++;
            offsets.forEach((partition, next) -> {
                troubles.remove(partition);
                Map<Long, Input> inputs = of(partition).inHand.headMap(next.offset(), false);
                inputs.values().forEach(input -> done.add(committed(partition.topic(), input)));
                inputs.clear();
            });
            deadLetters += done.stream()
                    .filter(each -> each.deadLetterReason().isPresent())
                    .count();
            images += done.stream()
                    .filter(each -> each.deadLetterReason().isEmpty())
                    .count();
        }
        done.forEach(listener::committed);
    }

    private CommittedInput committed(String topic, Input input) {
        return new CommittedInput(topic, input.deadLetterReason(), age(Optional.of(input.timestamp())), input.maker());
    }

    /** Consumers found that records between these offsets were deleted before they were read. */
    public void expired(TopicPartition partition, long from, long to) {
        LOGGER.warn(
                "{}: offsets {} to {} were deleted from the log before they were read: their images are lost to this application; keep the topic longer (retention.ms, retention.bytes), or add instances",
                partition,
                from,
                to - 1);
        synchronized (this) {
            expired += to - from;
        }
        listener.expired(partition.topic(), partition.partition(), to - from);
    }

    /** Something failed and is tried again. */
    public void retried(RetryCause cause) {
        listener.retried(cause);
    }

    /** These partitions do not go on for a reason that goes away by itself; to be said again for as long as that is so. */
    public synchronized void waits(Collection<TopicPartition> waiting, String why) {
        waiting.forEach(partition -> troubles.put(partition, new Trouble(why, clock.getAsLong())));
    }

    /** Partitions are given out anew. */
    public void rebalanced() {
        listener.rebalanced();
    }

    /** Why a partition does not go on; empty if all do, or nothing was heard for long of those that did not. */
    synchronized Optional<String> trouble() {
        troubles.values().removeIf(trouble -> since(trouble.at()).compareTo(TROUBLE_LASTS) > 0);
        return troubles.values().stream().map(Trouble::why).findFirst();
    }

    /** The timestamp of the first record in hand; empty if there is none. */
    synchronized Optional<Long> firstTimestamp(TopicPartition partition) {
        return Optional.ofNullable(partitions.get(partition))
                .map(known -> known.inHand.firstEntry())
                .map(first -> first.getValue().timestamp());
    }

    /** The time since a timestamp of a record; empty if there is none. */
    Optional<Duration> age(Optional<Long> timestamp) {
        return timestamp.filter(millis -> millis >= 0).map(this::since);
    }

    /**
     * Up to where a partition is done although nothing more can be committed: markers of transactions and what was aborted are
     * no inputs. Empty while an input is in hand.
     */
    synchronized OptionalLong doneUpTo(TopicPartition partition) {
        Partition known = partitions.get(partition);
        return known == null || !known.inHand.isEmpty() ? OptionalLong.empty() : known.next;
    }

    /** Transactions that were committed. */
    synchronized long commits() {
        return commits;
    }

    /** Images that were translated, and committed. */
    public synchronized long images() {
        return images;
    }

    /** Inputs that became dead letters, and were committed. */
    public synchronized long deadLetters() {
        return deadLetters;
    }

    /** Offsets that were deleted before they were read. */
    public synchronized long expired() {
        return expired;
    }

    private Partition of(TopicPartition partition) {
        return partitions.computeIfAbsent(partition, key -> new Partition());
    }

    private Duration since(long millis) {
        return Duration.ofMillis(Math.max(0, clock.getAsLong() - millis));
    }
}
