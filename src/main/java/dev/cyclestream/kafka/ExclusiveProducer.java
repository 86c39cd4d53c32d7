package dev.cyclestream.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A transactional producer of which one works at a time: a later one with the same id fences the earlier off, and waits for what
 * that one had begun.
 */
public final class ExclusiveProducer {

    /** One that died holds up the next for no longer than this. */
    private static final int TRANSACTION_MILLIS = 10_000;

    private ExclusiveProducer() {}

    /** Opens a producer, and fences earlier ones with this id off. */
    public static Producer<String, String> open(KafkaConnection connection, String transactionalId) {
        Map<String, Object> settings = new HashMap<>(connection.clientSettings());
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) Math.min(
                TRANSACTION_MILLIS,
                BrokerSettings.of(connection).longestTransaction().toMillis()));
        Producer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        try {
            producer.initTransactions();
            return producer;
        } catch (RuntimeException e) {
            producer.close();
            throw e;
        }
    }

    /** True if a producer failed since a later one fenced it off. */
    public static boolean isFenced(KafkaException failure) {
        return failure instanceof ProducerFencedException
                || failure instanceof InvalidProducerEpochException
                || failure instanceof InvalidTxnStateException // fenced between the steps of a transaction
                || (failure.getCause() instanceof KafkaException cause && isFenced(cause));
    }
}
