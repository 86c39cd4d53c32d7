package dev.cyclestream.replay;

import dev.cyclestream.kafka.BrokerUnreachableException;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TopicOffsets;
import dev.cyclestream.kafka.TopicOffsets.Since;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a topic holds, seen as the application sees it: only what was committed. Joins no group. */
final class SourceTopic implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How far before the end the last record is looked for at first. */
    private static final long FIRST_STEP = 8;

    private static final int STEP_GROWTH = 8;

    private final String topic;
    private final TopicOffsets offsets;
    private final Consumer<byte[], byte[]> consumer;

    /** Connects to a topic that exists. */
    SourceTopic(KafkaConnection connection, String topic) {
        this.topic = topic;
        offsets = new TopicOffsets(connection, topic);
        Map<String, Object> settings = new HashMap<>(connection.clientSettings());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * A range, fixed.
     *
     * @param ranges for each partition of the topic, empty for those that have nothing to replay
     * @param unread what of the range was deleted by then, or lay behind an open transaction
     */
    record Fixed(List<PartitionRange> ranges, List<Unread> unread) {}

    /**
     * Fixes a range: clipped to what the topic holds now, each part ending right behind a record. What transactions hold back
     * at that time is waited for.
     *
     * @param now no time of the range may lie behind it
     * @param patience how long transactions are waited for
     * @throws IllegalArgumentException if the range does not suit the topic
     */
    Fixed fix(ReplayRange range, Instant now, Duration patience) {
        range.requirePast(now);
        Set<Integer> all = consumer.partitionsFor(topic).stream()
                .map(partition -> partition.partition())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<Integer> chosen = range.partitions(topic, all);
        TopicExtent extent = new TopicExtent(topic, offsets.beginnings(all), offsets.ends(all));
        extent.requireThere("--from", range.from(), chosen);
        extent.requireThere("--to", range.to(), chosen);
        Map<Integer, Long> from = extent.locate(range.from(), positions(since(range.from(), all)));
        Map<Integer, Long> to = end(range.to(), extent, now);
        List<Unread> unread = new ArrayList<>(extent.deleted(chosen, range.from(), from, to));
        from.replaceAll(extent::within);
        to.replaceAll(extent::within);
        unread.addAll(cutBeforeTransactions(chosen, from, to, patience));
        List<PartitionRange> fixed = new ArrayList<>();
        for (int partition : all) {
            long end = extent.end().get(partition);
            fixed.add(
                    chosen.contains(partition)
                            ? fix(partition, from.get(partition), to.get(partition))
                            : new PartitionRange(partition, end, end));
        }
        return new Fixed(fixed, unread);
    }

    private Map<Integer, Since> since(Edge edge, Set<Integer> partitions) {
        return edge instanceof Edge.Time time ? offsets.firstSince(time.time(), partitions) : Map.of();
    }

    private static Map<Integer, Long> positions(Map<Integer, Since> since) {
        return since.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, found -> found.getValue().offset()));
    }

    /** Where the range ends; a record with a timestamp of the future is no record of any time that has passed. */
    private Map<Integer, Long> end(Edge edge, TopicExtent extent, Instant now) {
        Map<Integer, Since> since = since(edge, extent.end().keySet());
        Map<Integer, Long> located = extent.locate(edge, positions(since));
        Map<Integer, Long> readable = since.isEmpty() ? Map.of() : offsets.readable(since.keySet());
        since.forEach((partition, first) -> {
            if (edge instanceof Edge.Time time && first.timestamp() > now.toEpochMilli()) {
                Predicate<ConsumerRecord<?, ?>> past = record ->
                        record.timestamp() >= time.time().toEpochMilli() && record.timestamp() <= now.toEpochMilli();
                located.put(
                        partition,
                        first(partition, first.offset(), readable.get(partition), past)
                                .orElse(extent.end().get(partition)));
            }
        });
        return located;
    }

    /** Waits for the transactions of the range; what is behind one that stays open is cut off and named. */
    private List<Unread> cutBeforeTransactions(
            Set<Integer> partitions, Map<Integer, Long> from, Map<Integer, Long> to, Duration patience) {
        Map<Integer, Long> bounds = new TreeMap<>(to);
        bounds.keySet().retainAll(partitions);
        bounds.entrySet().removeIf(bound -> from.get(bound.getKey()) >= bound.getValue());
        Map<Integer, Long> blocked = bounds.isEmpty() ? Map.of() : offsets.awaitTransactions(bounds, patience);
        List<Unread> unread = new ArrayList<>();
        blocked.forEach((partition, first) -> {
            long cut = Math.max(first, from.get(partition));
            unread.add(new Unread(
                    partition, cut, to.get(partition), "behind " + offsets.openTransaction(partition, first)));
            to.put(partition, cut);
        });
        return unread;
    }

    private PartitionRange fix(int partition, long from, long to) {
        OptionalLong last = from < to ? lastBetween(partition, from, to) : OptionalLong.empty();
        return new PartitionRange(partition, from, last.isPresent() ? last.getAsLong() + 1 : from);
    }

    /** The last record in a part of a partition: read backwards, in steps that grow. */
    private OptionalLong lastBetween(int partition, long from, long to) {
        long step = FIRST_STEP;
        while (true) {
            long start = Math.max(from, to - step);
            OptionalLong last = read(partition, start, to, record -> false);
            if (last.isPresent() || start == from) {
                return last;
            }
            step *= STEP_GROWTH;
        }
    }

    /** The oldest offset that a partition still holds. */
    long beginning(int partition) {
        return offsets.beginnings(Set.of(partition)).get(partition);
    }

    /** Whether a part of a partition holds a record. */
    boolean holdsRecord(int partition, long from, long to) {
        return first(partition, from, to, record -> true).isPresent();
    }

    private OptionalLong first(int partition, long from, long to, Predicate<ConsumerRecord<?, ?>> wanted) {
        boolean[] found = new boolean[1];
        OptionalLong at = read(partition, from, to, record -> found[0] |= wanted.test(record));
        return found[0] ? at : OptionalLong.empty();
    }

    /** Reads a part of a partition until a record is the one that is looked for; returns the offset of the last one that was read. */
    private OptionalLong read(int partition, long from, long to, Predicate<ConsumerRecord<?, ?>> wanted) {
        TopicPartition read = new TopicPartition(topic, partition);
        consumer.assign(List.of(read));
        consumer.seek(read, from);
        OptionalLong last = OptionalLong.empty();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(read) < to) {
            if (System.nanoTime() > end) {
                throw new BrokerUnreachableException(
                        "%s partition %d: no answer within %s".formatted(topic, partition, PATIENCE), null);
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(read)) {
                end = System.nanoTime() + PATIENCE.toNanos();
                if (record.offset() < to) {
                    last = OptionalLong.of(record.offset());
                    if (wanted.test(record)) {
                        return last;
                    }
                }
            }
        }
        return last;
    }

    @Override
    public void close() {
        consumer.close();
        offsets.close();
    }
}
