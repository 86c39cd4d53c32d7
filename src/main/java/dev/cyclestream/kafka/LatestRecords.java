package dev.cyclestream.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The last committed record of each partition of a topic. Joins no group. */
public final class LatestRecords implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The record of a transaction of one, and its marker; images are large, so it reads no more than it needs. */
    private static final long FIRST_STEP = 2;

    private static final int STEP_GROWTH = 8;

    private final String topic;
    private final Consumer<byte[], byte[]> consumer;

    /** @param topic that exists */
    public LatestRecords(KafkaConnection connection, String topic) {
        this.topic = topic;
        Map<String, Object> settings = new HashMap<>(connection.clientSettings());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Reads them; of partitions that hold none, there is none. */
    public List<ConsumerRecord<byte[], byte[]>> read() {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        Map<TopicPartition, Long> begin = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
        List<ConsumerRecord<byte[], byte[]>> latest = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            last(partition, begin.get(partition), end.get(partition)).ifPresent(latest::add);
        }
        return latest;
    }

    private Optional<ConsumerRecord<byte[], byte[]>> last(TopicPartition partition, long begin, long end) {
        long step = FIRST_STEP;
        while (begin < end) {
            long start = Math.max(begin, end - step);
            Optional<ConsumerRecord<byte[], byte[]>> last = last(partition, start, end, PATIENCE);
            if (last.isPresent() || start == begin) {
                return last;
            }
            step *= STEP_GROWTH;
        }
        return Optional.empty();
    }

    private Optional<ConsumerRecord<byte[], byte[]>> last(
            TopicPartition partition, long start, long end, Duration patience) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, start);
        Optional<ConsumerRecord<byte[], byte[]>> last = Optional.empty();
        long giveUp = System.nanoTime() + patience.toNanos();
        while (consumer.position(partition) < end) {
            if (System.nanoTime() > giveUp) {
                throw new BrokerUnreachableException("%s: no answer within %s".formatted(partition, patience), null);
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(partition)) {
                last = Optional.of(record);
            }
        }
        return last;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
