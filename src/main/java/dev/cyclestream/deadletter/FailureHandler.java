package dev.cyclestream.deadletter;

import dev.cyclestream.topic.InputPosition;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that decides what is done about a failure. An input at fault becomes a dead letter, in the same transaction as
 * its offset, and the stream goes on. Anything else at fault stops the stream thread with nothing committed, so that the input
 * will be read again, and {@link dev.cyclestream.stream.TranslationApplication} says by whom. See {@link FailureKind}.
 *
 * <p>Kafka Streams makes the instances itself, from {@link dev.cyclestream.stream.StreamSettings}. To it, inputs are bytes:
 * they are read in {@link dev.cyclestream.stream.TranslationProcessor}, so that all that can fail for one input fails there.
 */
public final class FailureHandler implements ProcessingExceptionHandler, ProductionExceptionHandler {

    private static final Logger LOGGER = LoggerFactory.getLogger(FailureHandler.class);

    private DeadLetterPolicy policy;

    @Override
    public void configure(Map<String, ?> settings) {
        policy = (DeadLetterPolicy) Objects.requireNonNull(settings.get(DeadLetterPolicy.SETTING));
    }

    @Override
    public ProcessingExceptionHandler.Response handleError(
            ErrorHandlerContext source, Record<?, ?> input, Exception failure) {
        return DeadLetter.ofRejected(failure)
                .map(letter -> ProcessingExceptionHandler.Response.resume(records(letter, source)))
                .orElseGet(ProcessingExceptionHandler.Response::fail);
    }

    /**
     * A record that the broker does not take fails its transaction, whatever is answered here: {@link FailedRecords} sees to it
     * that it does not so for ever.
     */
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
        ProducerRecord<byte[], byte[]> record = policy.record(letter, source);
        LOGGER.warn("dead letter: {}: {}", InputPosition.of(source), letter.describe());
        return List.of(record);
    }
}
