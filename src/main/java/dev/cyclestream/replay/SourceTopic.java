package dev.cyclestream.replay;

import dev.cyclestream.kafka.CommittedReader;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TopicOffsets;
import dev.cyclestream.kafka.TopicOffsets.Since;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The content of a topic as the application sees it: only what was committed. */
public final class SourceTopic implements AutoCloseable {

    private final String topic;
    private final TopicOffsets offsets;
    private final CommittedReader reader;

    /** Connects to a topic that exists. */
    public SourceTopic(KafkaConnection connection, String topic) {
        this.topic = topic;
        offsets = new TopicOffsets(connection, topic);
        reader = new CommittedReader(connection, topic);
    }

    /**
     * A range, fixed.
     *
     * @param ranges for each partition of the topic, empty for those that have nothing to replay
     * @param unread what of the range was deleted by then, or lay behind an open transaction
     */
    public record Fixed(List<PartitionRange> ranges, List<Unread> unread) {}

    /**
     * Fixes a range: clipped to what the topic holds now, each part ending right behind a record. What transactions hold back
     * at that time is waited for.
     *
     * @param now no time of the range may lie behind it
     * @param patience how long transactions are waited for
     * @throws IllegalArgumentException if the range does not suit the topic
     */
    public Fixed fix(ReplayRange range, Instant now, Duration patience) {
        range.requirePast(now);
        Set<Integer> all = reader.partitions().stream()
                .map(TopicPartition::partition)
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
        return edge.instant().map(time -> offsets.firstSince(time, partitions)).orElse(Map.of());
    }

    private static Map<Integer, Long> positions(Map<Integer, Since> since) {
        return since.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, found -> found.getValue().offset()));
    }

    /** The end of the range; a record with a timestamp of the future is no record of any time that has passed. */
    private Map<Integer, Long> end(Edge edge, TopicExtent extent, Instant now) {
        Map<Integer, Since> since = since(edge, extent.end().keySet());
        Map<Integer, Long> located = extent.locate(edge, positions(since));
        Map<Integer, Long> readable = since.isEmpty() ? Map.of() : offsets.readable(since.keySet());
        since.forEach((partition, first) -> {
            if (first.timestamp() > now.toEpochMilli()) {
                long time = edge.instant().orElseThrow().toEpochMilli();
                Predicate<ConsumerRecord<?, ?>> past =
                        record -> record.timestamp() >= time && record.timestamp() <= now.toEpochMilli();
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
        long end = reader.lastBetween(reader.partition(partition), from, to)
                .map(last -> last.offset() + 1)
                .orElse(from);
        return new PartitionRange(partition, from, end);
    }

    /** The oldest offset that a partition still holds. */
    long beginning(int partition) {
        return offsets.beginnings(Set.of(partition)).get(partition);
    }

    /** True if a part of a partition holds a record. */
    boolean holdsRecord(int partition, long from, long to) {
        return first(partition, from, to, record -> true).isPresent();
    }

    private OptionalLong first(int partition, long from, long to, Predicate<ConsumerRecord<?, ?>> wanted) {
        TopicPartition read = reader.partition(partition);
        List<Long> found = new ArrayList<>();
        reader.startAt(read, from);
        reader.readOn(
                Map.of(read, to),
                () -> !found.isEmpty(),
                records -> records.stream().filter(wanted).findFirst().ifPresent(record -> found.add(record.offset())));
        return found.isEmpty() ? OptionalLong.empty() : OptionalLong.of(found.get(0));
    }

    @Override
    public void close() {
        reader.close();
        offsets.close();
    }
}
