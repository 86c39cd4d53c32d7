package dev.cyclestream.deadletter.redrive;

import dev.cyclestream.deadletter.DeadLetter;
import dev.cyclestream.deadletter.DeadLetterRecord;
import dev.cyclestream.deadletter.FailureKind;
import dev.cyclestream.kafka.CommittedReader;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.topic.PublishFailedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The way of dead letters back to the topics and partitions that they came from, each once, whatever selections are asked for:
 * which letters were sent is noted in a topic, in the transaction that sends them. Ends at what was there when it began, so
 * that letters that die again are not sent round and round.
 */
public final class Redrive implements AutoCloseable {

    /** The refusals of a single record, whatever else is in its transaction. */
    private static final List<Class<? extends Exception>> REFUSALS = List.of(
            RecordTooLargeException.class,
            RecordBatchTooLargeException.class,
            InvalidRecordException.class,
            InvalidTimestampException.class);

    private static final int BATCH = 100;

    private final String topic;
    private final Selection selection;
    private final Topics topics;
    private final CommittedReader reader;
    private final Producer<byte[], byte[]> producer;
    private final RedrivenLetters redriven;
    private final Map<String, Long> sent = new TreeMap<>();
    private final Map<String, Long> left = new TreeMap<>();
    private final List<String> refused = new ArrayList<>();
    private long cut;

    /**
     * The choice of letters to send.
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
     * The outcome of a redrive.
     *
     * @param sent letters by the topic that they were sent to
     * @param left letters by the topic that they came from, which is no more
     * @param cut letters that do not hold the whole input, since that did not fit
     * @param refused where the letters are that the topic which they came from does not take, and why
     * @param whole whether it went to the end of what was there when it began
     */
    public record Result(
            Map<String, Long> sent, Map<String, Long> left, long cut, List<String> refused, boolean whole) {
        public Result {
            sent = Collections.unmodifiableMap(new TreeMap<>(sent));
            left = Collections.unmodifiableMap(new TreeMap<>(left));
            refused = List.copyOf(refused);
        }
    }

    /** @param maxRecordBytes largest dead letter */
    public Redrive(KafkaConnection connection, String topic, Selection selection, int maxRecordBytes) {
        this.topic = topic;
        this.selection = selection;
        topics = new Topics(connection);
        redriven = new RedrivenLetters(connection, topics, topic);
        reader = new CommittedReader(
                connection, topic, BATCH, "; those that were sent are noted, the rest will be at the next try");
        Map<String, Object> writing = new HashMap<>(connection.clientSettings());
        writing.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "cyclestream-redrive-" + topic);
        writing.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxRecordBytes);
        producer = new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** The topic that says which letters of a topic were sent back. */
    public static String notesOf(String deadLetters) {
        return RedrivenLetters.notesOf(deadLetters);
    }

    /**
     * Sends what is there and was not sent before.
     *
     * @param progress is told after each transaction how many letters were looked at
     * @param told whether to come to an end before
     */
    public Result run(LongConsumer progress, BooleanSupplier told) {
        producer.initTransactions(); // another redrive of the same letters, if one runs, is fenced off
        redriven.read();
        reader.startAtBeginning(reader.partitions());
        long[] seen = new long[1];
        boolean whole = reader.readOn(reader.ends(), told, letters -> {
            seen[0] += letters.size();
            send(letters);
            progress.accept(seen[0]);
        });
        return new Result(sent, left, cut, refused, whole);
    }

    /** Sends those that are asked for and can be, and were not sent before. */
    private void send(List<ConsumerRecord<byte[], byte[]>> seen) {
        List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>(seen);
        letters.removeIf(letter -> redriven.contains(letter) || !selection.accepts(letter));
        cut += letters.stream().filter(DeadLetterRecord::isCut).count();
        letters.removeIf(DeadLetterRecord::isCut);
        if (!letters.isEmpty()) {
            commit(letters);
        }
    }

    private void commit(List<ConsumerRecord<byte[], byte[]>> letters) {
        Set<String> sources = letters.stream().map(Redrive::source).collect(Collectors.toSet());
        sources.removeIf(source -> !topics.exists(source)); // a producer's question could make it again
        List<ConsumerRecord<byte[], byte[]>> sending = new ArrayList<>(letters);
        sending.removeIf(letter -> !sources.contains(source(letter)));
        letters.stream()
                .filter(letter -> !sending.contains(letter))
                .forEach(letter -> left.merge(source(letter), 1L, Long::sum));
        if (!sending.isEmpty()) {
            transact(sending);
        }
    }

    private void transact(List<ConsumerRecord<byte[], byte[]>> letters) {
        try {
            producer.beginTransaction();
            for (ConsumerRecord<byte[], byte[]> letter : letters) {
                int partitions = producer.partitionsFor(source(letter)).size();
                Future<RecordMetadata> unused = producer.send(
                        OriginalInput.of(letter, source(letter), partitions)); // the commit says whether it failed
                unused = producer.send(redriven.note(letter));
            }
            producer.commitTransaction();
        } catch (KafkaException e) {
            Optional<Throwable> refusal = FailureKind.inChain(e, REFUSALS);
            if (refusal.isEmpty()) {
                throw stopped(e);
            }
            producer.abortTransaction();
            leaveRefused(letters, refusal.get());
            return;
        }
        letters.forEach(letter -> sent.merge(source(letter), 1L, Long::sum));
    }

    /** Finds out which of them their topic does not take; the others are sent. */
    private void leaveRefused(List<ConsumerRecord<byte[], byte[]>> letters, Throwable refusal) {
        if (letters.size() > 1) {
            letters.forEach(letter -> transact(List.of(letter)));
            return;
        }
        refused.add("%s: %s does not take it: %s"
                .formatted(CommittedReader.position(letters.get(0)), source(letters.get(0)), refusal.getMessage()));
    }

    private PublishFailedException stopped(KafkaException failure) {
        long before = sent.values().stream().mapToLong(Long::longValue).sum();
        boolean fenced = FailureKind.inChain(
                        failure, List.of(ProducerFencedException.class, InvalidProducerEpochException.class))
                .isPresent();
        return new PublishFailedException(
                "%s: stopped after %d letters were sent back: %s"
                        .formatted(
                                topic,
                                before,
                                fenced
                                        ? "another redrive of them began, and goes on"
                                        : "the rest will be at the next try: " + failure.getMessage()),
                failure);
    }

    private static String source(ConsumerRecord<?, ?> letter) {
        return header(letter, DeadLetter.TOPIC_HEADER).orElseThrow();
    }

    private static Optional<String> header(ConsumerRecord<?, ?> letter, String name) {
        return Optional.ofNullable(letter.headers().lastHeader(name))
                .map(found -> found.value())
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        producer.close();
        reader.close();
        topics.close();
    }
}
