package dev.cyclestream.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends dead letters back to the topics and partitions that they came from, each once, whatever selections are asked for: which
 * letters were sent is noted in a topic, in the transaction that sends them. Ends at what was there when it began, so that
 * letters that die again are not sent round and round.
 */
public final class Redrive implements AutoCloseable {

    /** How often an input was sent back. */
    static final String COUNT_HEADER = "cyclestream.redriven";

    private static final String STREAMS_HEADERS = "__streams.errors.";
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int BATCH = 100;

    private final String topic;
    private final Selection selection;
    private final Topics topics;
    private final Consumer<byte[], byte[]> consumer;
    private final Producer<byte[], byte[]> producer;
    private final RedrivenLetters redriven;
    private final Map<String, Long> sent = new TreeMap<>();
    private final Map<String, Long> left = new TreeMap<>();

    /**
     * Which letters are sent.
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
    }

    /**
     * What came of it.
     *
     * @param sent letters by the topic that they were sent to
     * @param left letters by the topic that they came from, which is no more
     * @param cut letters that do not hold the whole input, since that did not fit
     */
    public record Result(Map<String, Long> sent, Map<String, Long> left, long cut) {
        public Result {
            sent = Collections.unmodifiableMap(new TreeMap<>(sent));
            left = Collections.unmodifiableMap(new TreeMap<>(left));
        }
    }

    /** @param maxRecordBytes largest dead letter */
    public Redrive(KafkaConnection connection, String topic, Selection selection, int maxRecordBytes) {
        this.topic = topic;
        this.selection = selection;
        topics = new Topics(connection);
        redriven = new RedrivenLetters(connection, topics, topic);
        Map<String, Object> reading = new HashMap<>(connection.clientSettings());
        reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        reading.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        reading.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        reading.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BATCH);
        consumer = new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        Map<String, Object> writing = new HashMap<>(connection.clientSettings());
        writing.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "cyclestream-redrive-" + topic);
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
        redriven.read();
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Set<TopicPartition> open = new HashSet<>(partitions);
        open.removeIf(partition -> consumer.position(partition) >= ends.get(partition));
        long seen = 0;
        long cut = 0;
        while (!open.isEmpty()) {
            List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
            consumer.poll(POLL).forEach(letters::add);
            letters.removeIf(letter -> letter.offset() >= ends.get(new TopicPartition(topic, letter.partition())));
            seen += letters.size();
            letters.removeIf(letter -> redriven.contains(letter) || !selection.accepts(letter));
            cut += letters.stream().filter(DeadLetterRecord::isCut).count();
            letters.removeIf(DeadLetterRecord::isCut);
            if (!letters.isEmpty()) {
                send(letters);
            }
            progress.accept(seen);
            open.removeIf(partition -> consumer.position(partition) >= ends.get(partition));
            consumer.pause(partitions.stream()
                    .filter(partition -> !open.contains(partition))
                    .toList());
        }
        return new Result(sent, left, cut);
    }

    private void send(List<ConsumerRecord<byte[], byte[]>> letters) {
        Set<String> sources = letters.stream().map(Redrive::source).collect(Collectors.toSet());
        sources.removeIf(source -> !topics.exists(source)); // a producer's question could make it again
        Map<String, Long> sending = new TreeMap<>();
        producer.beginTransaction();
        try {
            for (ConsumerRecord<byte[], byte[]> letter : letters) {
                String source = source(letter);
                if (sources.contains(source)) {
                    Future<RecordMetadata> unused = producer.send(input(letter)); // the commit says whether it failed
                    unused = producer.send(redriven.note(letter));
                    sending.merge(source, 1L, Long::sum);
                } else {
                    left.merge(source, 1L, Long::sum);
                }
            }
            producer.commitTransaction();
        } catch (KafkaException e) {
            throw new PublishFailedException(
                    "letters of %s were not sent back, and will be at the next try: %s"
                            .formatted(topic, e.getMessage()),
                    e);
        }
        sending.forEach((source, count) -> sent.merge(source, count, Long::sum));
    }

    /** The input as it was, without what its death added; the partition it came from keeps it behind its predecessors. */
    private ProducerRecord<byte[], byte[]> input(ConsumerRecord<byte[], byte[]> letter) {
        String source = source(letter);
        int partitions = producer.partitionsFor(source).size();
        Headers headers = inputHeaders(letter.headers());
        long before = number(headers.lastHeader(COUNT_HEADER)).orElse(0);
        headers.remove(COUNT_HEADER);
        headers.add(COUNT_HEADER, Long.toString(before + 1).getBytes(StandardCharsets.UTF_8));
        OptionalInt partition = number(letter.headers().lastHeader(DeadLetter.PARTITION_HEADER));
        boolean isThere = partition.isPresent() && partition.getAsInt() < partitions;
        return new ProducerRecord<>(
                source, isThere ? partition.getAsInt() : null, letter.key(), letter.value(), headers);
    }

    /** What a death adds stands behind the input's own headers, with the reason first; nothing before it is ours. */
    static Headers inputHeaders(Headers letter) {
        List<Header> all = List.of(letter.toArray());
        int end = all.size();
        for (int index = all.size() - 1; index >= 0 && end == all.size(); index--) {
            end = all.get(index).key().equals(DeadLetter.REASON_HEADER) ? index : end;
        }
        Headers own = new RecordHeaders();
        for (Header header : all.subList(0, end)) {
            if (end < all.size() || !header.key().startsWith(STREAMS_HEADERS)) {
                own.add(header);
            }
        }
        return own;
    }

    /** A number from 0 on that a header holds; anything else that a sender wrote is none. */
    private static OptionalInt number(Header header) {
        String text =
                header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
        return text.matches("[0-9]{1,9}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }

    private static String source(ConsumerRecord<?, ?> letter) {
        return header(letter, DeadLetter.TOPIC_HEADER).orElseThrow();
    }

    private static Optional<String> header(ConsumerRecord<?, ?> letter, String name) {
        return Optional.ofNullable(letter.headers().lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
        topics.close();
    }
}
