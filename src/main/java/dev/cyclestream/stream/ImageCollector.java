package dev.cyclestream.stream;

import dev.cyclestream.event.EventSerdes;
import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.event.TranslatedImage;
import dev.cyclestream.storage.ImageStores;
import java.io.IOException;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the images of a topic from its beginning, image events or translated images. */
public final class ImageCollector implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(ImageCollector.class);

    private static final Duration POLL = Duration.ofMillis(200);

    private final TopicReader reader;
    private final Deserializer<SpecificRecord> deserializer;
    private final ImageStores stores;
    private long skipped;

    /** Takes images as they come. */
    @FunctionalInterface
    public interface Sink {
        void accept(CollectedImage image) throws IOException;
    }

    /**
     * When to stop.
     *
     * @param max images
     * @param idle time without a new record
     */
    public record End(long max, Duration idle) {
        public End {
            if (max < 1 || idle.isNegative()) {
                throw new IllegalArgumentException(
                        "max, idle: expected at least 1 image and no negative time, found %d, %s".formatted(max, idle));
            }
        }
    }

    /** Connects to a topic that exists. */
    public ImageCollector(KafkaConnection connection, String topic) {
        this(connection, topic, ImageStores.none());
    }

    /**
     * Connects to a topic that exists.
     *
     * @param stores images that are not in records
     */
    public ImageCollector(KafkaConnection connection, String topic, ImageStores stores) {
        this.stores = stores;
        reader = new TopicReader(connection, topic);
        deserializer = connection.serdes().anyEvent();
    }

    /** Passes on images until the end; returns how many. */
    public long collect(End end, Sink sink) throws IOException {
        long[] count = new long[1];
        long lastNews = System.nanoTime();
        while (count[0] < end.max() && System.nanoTime() - lastNews < end.idle().toNanos()) {
            boolean news = poll(POLL, image -> {
                if (count[0] < end.max()) {
                    sink.accept(image);
                    count[0]++;
                }
            });
            lastNews = news ? System.nanoTime() : lastNews;
        }
        return count[0];
    }

    /**
     * Waits a while for records and passes on the images that came. Records without an image are logged and skipped.
     *
     * @return whether any record came
     */
    public boolean poll(Duration patience, Sink sink) throws IOException {
        ConsumerRecords<byte[], byte[]> records = reader.poll(patience);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            CollectedImage image;
            try {
                image = image(record);
            } catch (UnexpectedRecordException e) {
                skipped++;
                LOGGER.warn("skipped: {}: {}", TopicReader.position(record), e.getMessage());
                continue;
            }
            sink.accept(image);
        }
        return !records.isEmpty();
    }

    /** Records so far that held no image. */
    public long skipped() {
        return skipped;
    }

    private CollectedImage image(ConsumerRecord<byte[], byte[]> record) {
        SpecificRecord value = deserialize(record);
        if (value instanceof TranslatedImage translated) {
            return CollectedImage.of(translated, stores);
        }
        if (value instanceof ImageEvent event) {
            return CollectedImage.of(event, stores);
        }
        throw new UnexpectedRecordException("expected an image, found "
                + (value == null ? "no value" : value.getSchema().getFullName()));
    }

    private SpecificRecord deserialize(ConsumerRecord<byte[], byte[]> record) {
        try {
            return deserializer.deserialize(record.topic(), record.value());
        } catch (SerializationException | ClassCastException e) {
            if (EventSerdes.isUnreadable(e)) {
                throw new UnexpectedRecordException("expected an image, found " + e.getMessage());
            }
            throw e;
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
