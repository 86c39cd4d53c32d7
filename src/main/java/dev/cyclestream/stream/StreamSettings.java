package dev.cyclestream.stream;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How the application uses Kafka Streams.
 *
 * @param applicationId consumer group and prefix of transactional ids; instances with the same id share the work
 * @param deadLetterTopic where inputs go that can never be translated
 * @param threads each has one image in flight, and a consumer and a producer of its own
 * @param maxImageBytes largest encoded image
 * @param maxDeadLettersInARow without a translated image between them; one more stops the instance
 */
public record StreamSettings(
        String applicationId, String deadLetterTopic, int threads, int maxImageBytes, int maxDeadLettersInARow) {

    /** More than a few strangers with broken files, fewer than a topic. */
    public static final int DEFAULT_MAX_DEAD_LETTERS_IN_A_ROW = 100;

    /** Images take long: what is buffered must be done before a shutdown or a rebalance, so in a few seconds. */
    private static final int BUFFERED_RECORDS = 16;

    /** Small images come through without waiting for others; the default of Kafka Streams is 100 ms. */
    private static final int LINGER_MILLIS = 2;

    /** After a crash, the partitions wait for this long before another instance takes them over. */
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);

    /** Longer than the slowest images between two commits; after a crash, readers wait for this long. */
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(20);

    public StreamSettings {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: expected at least 1, found " + threads);
        }
        if (maxDeadLettersInARow < 1) {
            throw new IllegalArgumentException(
                    "dead letters in a row: expected at least 1, found " + maxDeadLettersInARow);
        }
    }

    /** As Kafka Streams takes them. */
    Properties toProperties(KafkaConnection connection, List<Route> routes) {
        Properties properties = new Properties();
        properties.putAll(connection.clientSettings());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        properties.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, BUFFERED_RECORDS);
        failures(properties, routes);
        consumer(properties);
        producer(properties);
        return properties;
    }

    private void failures(Properties properties, List<Route> routes) {
        properties.put(DeadLetterPolicy.SETTING, new DeadLetterPolicy(deadLetterTopic, maxDeadLettersInARow, routes));
        properties.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, deadLetterTopic);
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, FailureHandler.class);
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, FailureHandler.class);
        properties.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, FailureHandler.class);
    }

    private void consumer(Properties properties) {
        String prefix = StreamsConfig.CONSUMER_PREFIX;
        properties.put(prefix + ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BUFFERED_RECORDS);
        properties.put(prefix + ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) SESSION_TIMEOUT.toMillis());
    }

    private void producer(Properties properties) {
        String prefix = StreamsConfig.PRODUCER_PREFIX;
        properties.put(prefix + ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        properties.put(prefix + ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxRecordBytes());
        properties.put(prefix + ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) TRANSACTION_TIMEOUT.toMillis());
    }

    /** The largest record that the topics should take: a dead letter holds a whole input and says more in its headers. */
    public int maxRecordBytes() {
        return maxImageBytes + 2 * OutputLimits.OVERHEAD;
    }
}
