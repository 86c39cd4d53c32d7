package dev.cyclestream.stream;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done about a failure, in one place. An input at fault becomes a dead letter, in the same transaction as its
 * offset, and the stream goes on. Anything else at fault stops the stream thread with nothing committed, so that the input
 * will be read again: by a new thread after a while if it is the registry or a broker, by another instance if not. See
 * {@link FailureKind}.
 *
 * <p>Kafka Streams makes the instances itself, from {@link StreamSettings}.
 */
public final class FailureHandler
        implements DeserializationExceptionHandler, ProcessingExceptionHandler, ProductionExceptionHandler {

    private static final Logger LOGGER = LoggerFactory.getLogger(FailureHandler.class);

    private DeadLetterPolicy policy = new DeadLetterPolicy("", 0, List.of(), DeadLetterListener.NONE);

    @Override
    public void configure(Map<String, ?> settings) {
        policy = (DeadLetterPolicy) settings.get(DeadLetterPolicy.SETTING);
    }

    @Override
    public DeserializationExceptionHandler.Response handleError(
            ErrorHandlerContext source, ConsumerRecord<byte[], byte[]> input, Exception failure) {
        return DeadLetter.ofUnreadable(failure)
                .map(letter -> DeserializationExceptionHandler.Response.resume(records(letter, source)))
                .orElseGet(DeserializationExceptionHandler.Response::fail);
    }

    @Override
    public ProcessingExceptionHandler.Response handleError(
            ErrorHandlerContext source, Record<?, ?> input, Exception failure) {
        Optional<DeadLetter> deadLetter = DeadLetter.ofRejected(failure);
        return deadLetter
                .map(letter -> ProcessingExceptionHandler.Response.resume(records(letter, source)))
                .orElseGet(ProcessingExceptionHandler.Response::fail);
    }

    /** A record that the broker does not take makes no dead letter: that would not be taken either. */
    @Override
    public ProductionExceptionHandler.Response handleError(
            ErrorHandlerContext source, ProducerRecord<byte[], byte[]> output, Exception failure) {
        return FailureKind.of(failure) == FailureKind.TRANSIENT
                ? ProductionExceptionHandler.Response.retry()
                : ProductionExceptionHandler.Response.fail();
    }

    @Override
    public ProductionExceptionHandler.Response handleSerializationError(
            ErrorHandlerContext source,
            @SuppressWarnings("rawtypes") ProducerRecord output,
            Exception failure,
            SerializationExceptionOrigin origin) {
        return ProductionExceptionHandler.Response.fail();
    }

    private List<ProducerRecord<byte[], byte[]>> records(DeadLetter letter, ErrorHandlerContext source) {
        policy.accept(letter, source.topic());
        LOGGER.warn(
                "dead letter: {} partition {} offset {}: {}",
                source.topic(),
                source.partition(),
                source.offset(),
                letter.describe());
        return List.of(letter.toRecord(policy, source));
    }
}
