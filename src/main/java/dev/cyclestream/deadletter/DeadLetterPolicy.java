package dev.cyclestream.deadletter;

import dev.cyclestream.kafka.TopicLimits;
import dev.cyclestream.topic.InputPosition;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/**
 * The policy for dead letters: their topic, what they say of the checkpoint, and how many in a row are believed. Shared by all
 * threads of an instance.
 */
public final class DeadLetterPolicy {

    /** Under which Kafka Streams hands it to {@link FailureHandler}. */
    public static final String SETTING = "cyclestream.dead.letter.policy";

    private final String topic;
    private final TopicLimits limits;
    private final int longestRun;
    private final LongSupplier translated;
    private final Books books;
    private final Function<String, Optional<String>> checkpoint;
    private long translatedBefore;

    /** The number of each reason in a row. */
    private final Map<String, Integer> run = new TreeMap<>();

    /**
     * The translations that dead letters come between.
     *
     * @param checkpoint SHA-256 of the one that translates the record of this thread, or else records of this input topic
     * @param count images that were translated so far, of all topics
     */
    public record Translations(Function<String, Optional<String>> checkpoint, LongSupplier count) {}

    /**
     * The policy of an instance.
     *
     * @param topic of dead letters
     * @param limits of that topic
     * @param longestRun most dead letters in a row
     * @param books are told of those that are written
     */
    public DeadLetterPolicy(String topic, TopicLimits limits, int longestRun, Translations translations, Books books) {
        this.books = books;
        this.topic = topic;
        this.limits = limits;
        this.longestRun = longestRun;
        this.translated = translations.count();
        this.checkpoint = translations.checkpoint();
    }

    String topic() {
        return topic;
    }

    /** The record of a dead letter, which counts. */
    ProducerRecord<byte[], byte[]> record(DeadLetter letter, ErrorHandlerContext source) {
        InputPosition input = InputPosition.of(source);
        if (letter.isOfRepeatedFailure()) {
            books.failed().giveUp(input, letter.failure());
        }
        accept(letter, input);
        books.progress()
                .deadLetter(new TopicPartition(input.topic(), input.partition()), input.offset(), letter.reason());
        return new DeadLetterRecord(
                        topic,
                        limits,
                        checkpoint.apply(source.topic()),
                        books.ids().of(source.topic()))
                .of(letter, source, books.failed().leastCut(input));
    }

    /**
     * Counts a dead letter.
     *
     * @throws TooManyDeadLettersException if too many came in a row: the topic would be drained into dead letters
     */
    private synchronized void accept(DeadLetter letter, InputPosition input) {
        long translatedNow = translated.getAsLong();
        if (translatedNow != translatedBefore) {
            run.clear();
        }
        translatedBefore = translatedNow;
        run.merge(letter.reason(), 1, Integer::sum);
        int length = run.values().stream().mapToInt(Integer::intValue).sum();
        if (length > longestRun) {
            Map.Entry<String, Integer> most = Collections.max(run.entrySet(), Map.Entry.comparingByValue());
            throw new TooManyDeadLettersException(
                    "more than %d inputs in a row cannot be translated, so it may not be their fault (a wrong topic, schema or limit?); %d of them: %s; the last: %s: %s; --max-dead-letters-in-a-row says how many are taken"
                            .formatted(longestRun, most.getValue(), most.getKey(), input, letter.describe()),
                    letter.failure());
        }
    }
}
