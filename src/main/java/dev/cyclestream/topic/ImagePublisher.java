package dev.cyclestream.topic;

import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.OutputLimits;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/** A sender of image events to a topic, keyed by their id. Not safe for use by several threads. */
public final class ImagePublisher implements AutoCloseable {

    private static final int LINGER_MILLIS = 5;

    private final String topic;
    private final Producer<String, ImageEvent> producer;
    private final AtomicReference<PublishFailedException> failure = new AtomicReference<>();

    /** @param maxImageBytes largest encoded image that will be sent */
    public ImagePublisher(KafkaConnection connection, String topic, int maxImageBytes) {
        this.topic = topic;
        Map<String, Object> settings = new HashMap<>(connection.clientSettings());
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxImageBytes + OutputLimits.OVERHEAD);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        producer = new KafkaProducer<>(
                settings,
                new StringSerializer(),
                connection.serdes().imageEvents().serializer());
    }

    /**
     * Sends an event; it counts as sent after {@link #flush()}. The record's timestamp is now, not when the image was
     * taken: by an old timestamp, the topic's retention would delete the record.
     *
     * @throws PublishFailedException if this event, or one before it, was refused
     */
    public void send(ImageEvent event) {
        throwFailure();
        ProducerRecord<String, ImageEvent> record = new ProducerRecord<>(topic, event.getImageId(), event);
        try {
            Future<RecordMetadata> unused = producer.send(record, (metadata, e) -> {
                if (e != null) {
                    failure.compareAndSet(null, failed(event, e));
                }
            });
        } catch (KafkaException e) {
            throw failed(event, e);
        }
    }

    /** Waits until the brokers have all events sent so far. */
    public void flush() {
        producer.flush();
        throwFailure();
    }

    private void throwFailure() {
        Optional.ofNullable(failure.get()).ifPresent(e -> {
            throw e;
        });
    }

    private PublishFailedException failed(ImageEvent event, Exception cause) {
        Throwable deepest = cause.getCause() == null ? cause : cause.getCause();
        return new PublishFailedException(
                "%s: not published to %s: %s".formatted(event.getImageId(), topic, deepest.getMessage()), cause);
    }

    @Override
    public void close() {
        producer.close();
    }
}
