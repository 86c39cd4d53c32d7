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
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
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
    private final Consumer<byte[], byte[]> consumer;

    /** Connects to a topic that exists. */
    SourceTopic(KafkaConnection connection, String topic) {
        this.topic = topic;
        Map<String, Object> settings = new HashMap<>(connection.clientSettings());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Fixes a range: clipped to what the topic holds now, each part ending right behind a record.
     *
     * @param now what that word means
     * @return a range for each partition of the topic, empty for those that have nothing to replay
     * @throws IllegalArgumentException if the range does not suit the topic
     */
    List<PartitionRange> fix(ReplayRange range, Instant now) {
        range.requirePast(now);
        Set<Integer> all = consumer.partitionsFor(topic).stream()
                .map(partition -> partition.partition())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<Integer> chosen = range.partitions(topic, all);
        Map<Integer, Long> begin = offsets(consumer.beginningOffsets(partitions(all)));
        Map<Integer, Long> end = offsets(consumer.endOffsets(partitions(all)));
        Map<Integer, Long> from = locate(range.from(), now, begin, end);
        Map<Integer, Long> to = locate(range.to(), now, begin, end);
        List<PartitionRange> fixed = new ArrayList<>();
        for (int partition : all) {
            fixed.add(
                    chosen.contains(partition)
                            ? fix(partition, from.get(partition), to.get(partition))
                            : new PartitionRange(partition, end.get(partition), end.get(partition)));
        }
        return fixed;
    }

    private PartitionRange fix(int partition, long from, long to) {
        OptionalLong last = from < to ? lastBetween(partition, from, to) : OptionalLong.empty();
        return new PartitionRange(partition, from, last.isPresent() ? last.getAsLong() + 1 : from);
    }

    /** The offset of an edge in each partition, within what it holds. */
    private Map<Integer, Long> locate(Edge edge, Instant now, Map<Integer, Long> begin, Map<Integer, Long> end) {
        Map<Integer, Long> located = new TreeMap<>(end);
        if (edge instanceof Edge.Earliest) {
            located.putAll(begin);
        } else if (edge instanceof Edge.Offset same) {
            located.replaceAll((partition, last) -> same.offset());
        } else if (edge instanceof Edge.Offsets offsets) {
            located.putAll(offsets.byPartition());
        } else if (edge instanceof Edge.Now) {
            located.putAll(firstSince(now, end.keySet()));
        } else if (edge instanceof Edge.Time time) {
            located.putAll(firstSince(time.time(), end.keySet()));
        }
        located.replaceAll((partition, offset) -> Math.min(Math.max(offset, begin.get(partition)), end.get(partition)));
        return located;
    }

    /** Of the partitions that hold a record which is not older, the first such. */
    private Map<Integer, Long> firstSince(Instant time, Set<Integer> partitions) {
        Map<TopicPartition, Long> question = partitions(partitions).stream()
                .collect(Collectors.toMap(partition -> partition, partition -> time.toEpochMilli()));
        Map<Integer, Long> first = new HashMap<>();
        consumer.offsetsForTimes(question).forEach((partition, found) -> {
            if (found != null) {
                first.put(partition.partition(), offset(found));
            }
        });
        return first;
    }

    private static long offset(OffsetAndTimestamp found) {
        return found.offset();
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

    private List<TopicPartition> partitions(Set<Integer> numbers) {
        return numbers.stream().map(number -> new TopicPartition(topic, number)).toList();
    }

    private static Map<Integer, Long> offsets(Map<TopicPartition, Long> offsets) {
        Map<Integer, Long> byPartition = new TreeMap<>();
        offsets.forEach((partition, offset) -> byPartition.put(partition.partition(), offset));
        return byPartition;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
