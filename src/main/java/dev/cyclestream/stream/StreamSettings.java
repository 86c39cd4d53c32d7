package dev.cyclestream.stream;

import dev.cyclestream.deadletter.Books;
import dev.cyclestream.deadletter.DeadLetterPolicy;
import dev.cyclestream.deadletter.FailedRecords;
import dev.cyclestream.deadletter.FailureHandler;
import dev.cyclestream.deadletter.FailuresTopic;
import dev.cyclestream.kafka.InputTopicIds;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.OutputLimits;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.progress.Progress;
import dev.cyclestream.progress.ProgressListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The settings with which the application uses Kafka Streams.
 *
 * @param applicationId consumer group and prefix of transactional ids; instances with the same id share the work
 * @param deadLetterTopic where inputs go that can never be translated
 * @param threads each has one image in flight, and a consumer and a producer of its own
 * @param maxImageBytes largest encoded image
 * @param tuning what seldom needs to be changed
 */
public record StreamSettings(
        String applicationId, String deadLetterTopic, int threads, int maxImageBytes, Tuning tuning) {

    /** Readers see results when they are committed, and a commit sends what waits: until then, images travel together. */
    private static final int BATCH_BYTES = 1 << 18;

    /** Of a producer, at most; the default of Kafka. */
    private static final long BUFFER_BYTES = 32L << 20;

    private static final int LONGEST_LINGER_MILLIS = 1000;

    /** After a crash, the partitions wait for this long before another instance takes them over. */
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(6);

    private static final Duration HEARTBEAT = Duration.ofMillis(1500);

    /** The time that a thread may be busy before the group takes its partitions away; the default of Kafka. */
    static final Duration MAX_POLL_INTERVAL = Duration.ofMinutes(5);

    /** Partitions that are added to an input are read after so long at most; the default of Kafka is five minutes. */
    private static final Duration METADATA_AGE = Duration.ofSeconds(30);

    /** The bytes of a dead letter beside the image. */
    static final int OVERHEAD = 2 * OutputLimits.OVERHEAD;

    /**
     * Settings that seldom need a change.
     *
     * @param maxDeadLettersInARow without a translated image between them; one more stops the instance
     * @param bufferedRecords of each partition: images take long, and what is buffered must be done before a shutdown or a
     *     rebalance
     * @param instanceId of this instance among those with the same application id; started again with the same one, it gets
     *     its partitions back without a rebalance; empty for an instance that comes and goes
     * @param commitInterval how long results may wait before readers see them: a transaction costs a few milliseconds of
     *     processor time, however many images are in it
     * @param transactionTimeout longer than the slowest images between two commits; after a crash, readers wait for this long
     */
    public record Tuning(
            int maxDeadLettersInARow,
            int bufferedRecords,
            Duration commitInterval,
            Duration transactionTimeout,
            Optional<String> instanceId) {

        /** A hundred dead letters are more than a few strangers with broken files, and fewer than a topic. */
        public static final Tuning DEFAULT =
                new Tuning(100, 16, Duration.ofMillis(500), Duration.ofSeconds(10), Optional.empty());

        public Tuning {
            if (maxDeadLettersInARow < 1 || bufferedRecords < 1) {
                throw new IllegalArgumentException(
                        "dead letters in a row, buffered records: expected at least 1, found %d, %d"
                                .formatted(maxDeadLettersInARow, bufferedRecords));
            }
            if (commitInterval.toMillis() < 1 || commitInterval.compareTo(transactionTimeout) >= 0) {
                throw new IllegalArgumentException(
                        "commit interval: expected at least 1 ms and less than the transaction timeout %s, found %s"
                                .formatted(transactionTimeout, commitInterval));
            }
            if (transactionTimeout.toMillis() < 1 || transactionTimeout.toMillis() > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "transaction timeout: expected at least 1 ms and at most 24 days, found " + transactionTimeout);
            }
        }
    }

    public StreamSettings {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: expected at least 1, found " + threads);
        }
    }

    /** As Kafka Streams takes them. */
    Properties toProperties(KafkaConnection connection, OutputLimits limits, DeadLetterPolicy policy) {
        Properties properties = new Properties();
        properties.putAll(connection.clientSettings());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        properties.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, tuning.commitInterval().toMillis());
        properties.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, tuning.bufferedRecords());
        failures(properties, policy);
        consumer(properties);
        producer(properties, Math.max(limits.largestRecordBytes(), maxRecordBytes(maxImageBytes)));
        return properties;
    }

    /** The limits of all topics that routes are written to. */
    OutputLimits limits(List<Route> routes, KafkaConnection connection) {
        try (Topics topics = new Topics(connection)) {
            return topics.limits(Stream.concat(routes.stream().map(Route::outputTopic), Stream.of(deadLetterTopic))
                    .distinct()
                    .toList());
        }
    }

    /** Opens the books of the inputs of routes, and reads what is known of earlier failures. */
    Books books(List<Route> routes, KafkaConnection connection, ProgressListener listener) {
        InputTopicIds ids = InputTopicIds.of(
                connection, routes.stream().map(Route::inputTopic).collect(Collectors.toUnmodifiableSet()));
        FailedRecords failed = new FailedRecords(
                new FailuresTopic(connection, failuresTopic(applicationId), ids), longestSeriesOfFailures());
        failed.known().read();
        return new Books(failed, ids, new Progress(listener));
    }

    /** The policy for dead letters that come between these translations. */
    DeadLetterPolicy deadLetters(OutputLimits limits, DeadLetterPolicy.Translations translations, Books books) {
        return new DeadLetterPolicy(
                deadLetterTopic, limits.of(deadLetterTopic), tuning.maxDeadLettersInARow(), translations, books);
    }

    private void failures(Properties properties, DeadLetterPolicy policy) {
        properties.put(DeadLetterPolicy.SETTING, policy);
        properties.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, deadLetterTopic);
        properties.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, AnyTimestamp.class);
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, FailureHandler.class);
        properties.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, FailureHandler.class);
    }

    private void consumer(Properties properties) {
        String prefix = StreamsConfig.CONSUMER_PREFIX;
        properties.put(prefix + ConsumerConfig.MAX_POLL_RECORDS_CONFIG, tuning.bufferedRecords());
        properties.put(prefix + ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, (int) MAX_POLL_INTERVAL.toMillis());
        properties.put(prefix + ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) SESSION_TIMEOUT.toMillis());
        properties.put(prefix + ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) HEARTBEAT.toMillis());
        properties.put(prefix + ConsumerConfig.METADATA_MAX_AGE_CONFIG, (int) METADATA_AGE.toMillis());
        tuning.instanceId().ifPresent(id -> properties.put(prefix + ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, id));
    }

    /** @param recordBytes what the topics take: a producer that takes less would fail its transaction */
    private void producer(Properties properties, int recordBytes) {
        String prefix = StreamsConfig.PRODUCER_PREFIX;
        properties.put(prefix + ProducerConfig.METADATA_MAX_AGE_CONFIG, (int) METADATA_AGE.toMillis());
        properties.put(prefix + ProducerConfig.LINGER_MS_CONFIG, (int)
                Math.min(LONGEST_LINGER_MILLIS, tuning.commitInterval().toMillis()));
        properties.put(prefix + ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        properties.put(prefix + ProducerConfig.MAX_REQUEST_SIZE_CONFIG, recordBytes);
        properties.put(
                prefix + ProducerConfig.BUFFER_MEMORY_CONFIG, Math.max(BUFFER_BYTES, (long) recordBytes + BATCH_BYTES));
        properties.put(prefix + ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int)
                tuning.transactionTimeout().toMillis());
    }

    /**
     * The topic in which an application writes down which inputs failed their transactions or ended the process, see
     * {@link dev.cyclestream.deadletter.FailuresTopic}.
     */
    public static String failuresTopic(String applicationId) {
        return applicationId + "-failures";
    }

    /** The number of inputs in a row that may fail repeatedly: fewer than may be plainly wrong, since nobody knows why they fail. */
    int longestSeriesOfFailures() {
        return Math.max(1, tuning.maxDeadLettersInARow() / 10);
    }

    /** The largest record that the topics should take: a dead letter holds a whole input and says more in its headers. */
    public static int maxRecordBytes(int maxImageBytes) {
        return maxImageBytes + OVERHEAD;
    }
}
