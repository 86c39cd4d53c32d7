package dev.cyclestream.topic;

import dev.cyclestream.kafka.CommittedReader;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.storage.ImageStores;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** A reader of the images of a topic from its beginning, image events or translated images. */
public final class ImageCollector implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final CommittedReader reader;
    private final ImageRecords images;
    private final ImageStores stores;

    /** Takes images as they come. */
    @FunctionalInterface
    public interface Sink {
        void accept(CollectedImage image) throws IOException;
    }

    /**
     * The moment to stop.
     *
     * @param max images
     * @param idle time without a new record
     * @param told whether somebody says so
     */
    public record End(long max, Duration idle, BooleanSupplier told) {
        public End {
            if (max < 1 || idle.isNegative()) {
                throw new IllegalArgumentException(
                        "max, idle: expected at least 1 image and no negative time, found %d, %s".formatted(max, idle));
            }
        }

        /** The default. */
        public End(long max, Duration idle) {
            this(max, idle, () -> false);
        }
    }

    /** Why it stopped. */
    public enum Reason {
        MAX,
        IDLE,
        TOLD
    }

    /**
     * The outcome of collecting.
     *
     * @param images how many
     */
    public record Collected(long images, Reason reason) {}

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
        reader = new CommittedReader(connection, topic);
        images = new ImageRecords(connection.serdes(), topic);
    }

    /** Passes on images until the end. */
    public Collected collect(End end, Sink sink) throws IOException {
        long[] count = new long[1];
        long lastNews = System.nanoTime();
        while (count[0] < end.max() && !end.told().getAsBoolean()) {
            if (System.nanoTime() - lastNews >= end.idle().toNanos()) {
                return new Collected(count[0], Reason.IDLE);
            }
            BooleanSupplier enough = () -> count[0] >= end.max() || end.told().getAsBoolean();
            boolean news = poll(
                    POLL,
                    image -> {
                        sink.accept(image);
                        count[0]++;
                    },
                    enough);
            lastNews = news ? System.nanoTime() : lastNews;
        }
        return new Collected(count[0], count[0] < end.max() ? Reason.TOLD : Reason.MAX);
    }

    /**
     * Waits a while for records and passes on the images that came. Records without an image are counted and passed over.
     *
     * @return whether any record came
     */
    public boolean poll(Duration patience, Sink sink) throws IOException {
        return poll(patience, sink, () -> false);
    }

    private boolean poll(Duration patience, Sink sink, BooleanSupplier enough) throws IOException {
        ConsumerRecords<byte[], byte[]> records = reader.poll(patience);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (enough.getAsBoolean()) {
                break;
            }
            Optional<CollectedImage> image = image(record);
            if (image.isPresent()) {
                sink.accept(image.get());
            }
        }
        return !records.isEmpty();
    }

    private Optional<CollectedImage> image(ConsumerRecord<byte[], byte[]> record) {
        try {
            return images.read(record).map(read -> read.image(stores));
        } catch (UnexpectedRecordException e) { // it refers to an image that is not there
            images.add(record, e);
            return Optional.empty();
        }
    }

    /** Records so far that held no image. */
    public PassedOver passedOver() {
        return images.passedOver();
    }

    @Override
    public void close() {
        reader.close();
    }
}
