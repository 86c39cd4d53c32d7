package dev.cyclestream.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends dead letters back to the topics and partitions that they came from, each once: what is sent and how far was read are
 * one transaction. A second redrive goes on where the first one ended. Ends at what was there when it began, so that letters
 * that die again are not sent round and round.
 */
public final class Redrive implements AutoCloseable {

    /** How often an input was sent back. */
    static final String COUNT_HEADER = "cyclestream.redriven";

    private static final String OWN_HEADERS = "cyclestream.";
    private static final String STREAMS_HEADERS = "__streams.errors.";
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int BATCH = 100;

    private final String topic;
    private final Selection selection;
    private final Consumer<byte[], byte[]> consumer;
    private final Producer<byte[], byte[]> producer;
    private final String group;

    /**
     * Which letters are sent; each selection remembers for itself how far it came.
     *
     * @param reason code; empty for any
     * @param inputTopic where they came from; empty for any
     */
    public record Selection(Optional<String> reason, Optional<String> inputTopic) {
        private boolean accepts(ConsumerRecord<byte[], byte[]> letter) {
            Optional<String> from = header(letter, DeadLetter.TOPIC_HEADER);
            return from.isPresent()
                    && (inputTopic.isEmpty() || inputTopic.equals(from))
                    && (reason.isEmpty() || reason.equals(header(letter, DeadLetter.REASON_HEADER)));
        }

        private String groupOf(String topic) {
            return "cyclestream-redrive-" + topic + reason.map("-"::concat).orElse("")
                    + inputTopic.map("-"::concat).orElse("");
        }
    }

    /**
     * What came of it.
     *
     * @param sent letters by the topic that they were sent to
     * @param passedOver letters that were not selected, or do not say where they came from
     */
    public record Result(Map<String, Long> sent, long passedOver) {
        public Result {
            sent = Map.copyOf(sent);
        }
    }

    /** @param maxRecordBytes largest dead letter */
    public Redrive(KafkaConnection connection, String topic, Selection selection, int maxRecordBytes) {
        this.topic = topic;
        this.selection = selection;
        this.group = selection.groupOf(topic);
        Map<String, Object> reading = new HashMap<>(connection.clientSettings());
        reading.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        reading.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        reading.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        reading.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BATCH);
        consumer = new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        Map<String, Object> writing = new HashMap<>(connection.clientSettings());
        writing.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, group);
        writing.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxRecordBytes);
        producer = new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Sends what is there and was not sent before.
     *
     * @param progress is told after each transaction how many letters were looked at
     */
    public Result run(LongConsumer progress) {
        producer.initTransactions(); // another redrive of the same letters, if one runs, is fenced off
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Set<TopicPartition> open = new HashSet<>(partitions);
        Map<String, Long> sent = new TreeMap<>();
        long seen = 0;
        while (!open.isEmpty()) {
            ConsumerRecords<byte[], byte[]> letters = consumer.poll(POLL);
            if (!letters.isEmpty()) {
                seen += letters.count();
                send(letters, sent);
                progress.accept(seen);
            }
            open.removeIf(partition -> consumer.position(partition) >= ends.get(partition));
            consumer.pause(partitions.stream()
                    .filter(partition -> !open.contains(partition))
                    .toList());
        }
        long selected = sent.values().stream().mapToLong(Long::longValue).sum();
        return new Result(sent, seen - selected);
    }

    private void send(ConsumerRecords<byte[], byte[]> letters, Map<String, Long> sent) {
        producer.beginTransaction();
        try {
            for (ConsumerRecord<byte[], byte[]> letter : letters) {
                if (selection.accepts(letter)) {
                    ProducerRecord<byte[], byte[]> input = input(letter);
                    Future<RecordMetadata> unused = producer.send(input); // the commit says whether it failed
                    sent.merge(input.topic(), 1L, Long::sum);
                }
            }
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            for (TopicPartition partition : letters.partitions()) {
                offsets.put(partition, new OffsetAndMetadata(consumer.position(partition)));
            }
            producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
            producer.commitTransaction();
        } catch (KafkaException e) {
            throw new PublishFailedException(
                    "letters of %s were not sent back, and will be at the next try: %s"
                            .formatted(topic, e.getMessage()),
                    e);
        }
    }

    /** The input as it was, without what its death added; the partition it came from keeps it behind its predecessors. */
    private static ProducerRecord<byte[], byte[]> input(ConsumerRecord<byte[], byte[]> letter) {
        RecordHeaders headers = new RecordHeaders();
        for (Header header : letter.headers()) {
            if (!header.key().startsWith(OWN_HEADERS) && !header.key().startsWith(STREAMS_HEADERS)) {
                headers.add(header);
            }
        }
        int before = header(letter, COUNT_HEADER).map(Integer::parseInt).orElse(0);
        headers.add(COUNT_HEADER, Integer.toString(before + 1).getBytes(StandardCharsets.UTF_8));
        return new ProducerRecord<>(
                header(letter, DeadLetter.TOPIC_HEADER).orElseThrow(),
                header(letter, DeadLetter.PARTITION_HEADER)
                        .map(Integer::valueOf)
                        .orElse(null),
                letter.key(),
                letter.value(),
                headers);
    }

    private static Optional<String> header(ConsumerRecord<?, ?> letter, String name) {
        return Optional.ofNullable(letter.headers().lastHeader(name))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
