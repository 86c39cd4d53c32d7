package dev.cyclestream.replay;

import dev.cyclestream.stream.BrokerUnreachableException;
import dev.cyclestream.stream.KafkaConnection;
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
     * @param unread what of the range lay behind an open transaction
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
        Map<Integer, Long> begin = offsets.beginnings(all);
        Map<Integer, Long> end = offsets.ends(all);
        Map<Integer, Long> from = locate(range.from(), begin, end);
        Map<Integer, Long> to = locate(range.to(), begin, end);
        Map<Integer, Long> bounds = new TreeMap<>(to);
        bounds.keySet().retainAll(chosen);
        bounds.entrySet().removeIf(bound -> from.get(bound.getKey()) >= bound.getValue());
        Map<Integer, Long> blocked = bounds.isEmpty() ? Map.of() : offsets.awaitTransactions(bounds, patience);
        List<Unread> unread = new ArrayList<>();
        blocked.forEach((partition, first) -> {
            unread.add(new Unread(
                    partition,
                    Math.max(first, from.get(partition)),
                    to.get(partition),
                    "behind " + offsets.openTransaction(partition, first)));
            to.put(partition, Math.max(first, from.get(partition)));
        });
        List<PartitionRange> fixed = new ArrayList<>();
        for (int partition : all) {
            fixed.add(
                    chosen.contains(partition)
                            ? fix(partition, from.get(partition), to.get(partition))
                            : new PartitionRange(partition, end.get(partition), end.get(partition)));
        }
        return new Fixed(fixed, unread);
    }

    private PartitionRange fix(int partition, long from, long to) {
        OptionalLong last = from < to ? lastBetween(partition, from, to) : OptionalLong.empty();
        return new PartitionRange(partition, from, last.isPresent() ? last.getAsLong() + 1 : from);
    }

    /** The offset of an edge in each partition, within what it holds. */
    private Map<Integer, Long> locate(Edge edge, Map<Integer, Long> begin, Map<Integer, Long> end) {
        Map<Integer, Long> located = new TreeMap<>(end);
        if (edge instanceof Edge.Earliest) {
            located.putAll(begin);
        } else if (edge instanceof Edge.Offset same) {
            located.replaceAll((partition, last) -> same.offset());
        } else if (edge instanceof Edge.Offsets named) {
            located.putAll(named.byPartition());
        } else if (edge instanceof Edge.Time time) {
            located.putAll(offsets.firstSince(time.time(), end.keySet()));
        }
        located.replaceAll((partition, offset) -> Math.min(Math.max(offset, begin.get(partition)), end.get(partition)));
        return located;
    }

    /** The last record in a part of a partition: read backwards, in steps that grow. */
    private OptionalLong lastBetween(int partition, long from, long to) {
        long step = FIRST_STEP;
        while (true) {
            long start = Math.max(from, to - step);
            OptionalLong last = read(partition, start, to, false);
            if (last.isPresent() || start == from) {
                return last;
            }
            step *= STEP_GROWTH;
        }
    }

    /** Whether a part of a partition holds a record. */
    boolean holdsRecord(int partition, long from, long to) {
        return read(partition, from, to, true).isPresent();
    }

    /** The offset of the first or the last record in a part of a partition. */
    private OptionalLong read(int partition, long from, long to, boolean first) {
        TopicPartition read = new TopicPartition(topic, partition);
        consumer.assign(List.of(read));
        consumer.seek(read, from);
        OptionalLong last = OptionalLong.empty();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(read) < to && !(first && last.isPresent())) {
            if (System.nanoTime() > end) {
                throw new BrokerUnreachableException(
                        "%s partition %d: no answer within %s".formatted(topic, partition, PATIENCE), null);
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(read)) {
                if (record.offset() < to) {
                    last = OptionalLong.of(record.offset());
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
