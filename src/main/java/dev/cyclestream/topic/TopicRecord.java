package dev.cyclestream.topic;

import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.event.TranslatedImage;
import dev.cyclestream.storage.ImageStores;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * A record of a topic, and where it is.
 *
 * @param value an image event or a translated image
 */
public record TopicRecord(int partition, long offset, SpecificRecord value) {

    public TopicRecord {
        if (!(value instanceof TranslatedImage) && !(value instanceof ImageEvent)) {
            throw new UnexpectedRecordException("expected an image, found "
                    + (value == null ? "no value" : value.getSchema().getFullName()));
        }
    }

    /** The translated image; empty for an image event. */
    public Optional<TranslatedImage> translated() {
        return value instanceof TranslatedImage image ? Optional.of(image) : Optional.empty();
    }

    /**
     * The image, from the record or from where the record says that it is.
     *
     * @throws UnexpectedRecordException if it is not there, or another
     */
    public CollectedImage image(ImageStores stores) {
        return value instanceof TranslatedImage image
                ? CollectedImage.of(image, stores)
                : CollectedImage.of((ImageEvent) value, stores);
    }
}
