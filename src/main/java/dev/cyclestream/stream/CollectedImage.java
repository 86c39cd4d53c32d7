package dev.cyclestream.stream;

import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.event.ImageReference;
import dev.cyclestream.event.Provenance;
import dev.cyclestream.event.TranslatedImage;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An image that came out of a topic.
 *
 * @param imageId id of the event
 * @param contentType IANA media type
 * @param encoded the encoded image
 * @param provenance what made it; empty for an image event
 */
public record CollectedImage(String imageId, String contentType, ByteBuffer encoded, Optional<Provenance> provenance) {

    public CollectedImage {
        encoded = encoded.asReadOnlyBuffer();
    }

    /** A copy of the encoded image. */
    public byte[] toBytes() {
        byte[] bytes = new byte[encoded.remaining()];
        encoded.duplicate().get(bytes);
        return bytes;
    }

    static CollectedImage of(ImageEvent event) {
        return new CollectedImage(
                event.getImageId(), event.getContentType(), embedded(event.getImage()), Optional.empty());
    }

    static CollectedImage of(TranslatedImage image) {
        return new CollectedImage(
                image.getImageId(),
                image.getContentType(),
                embedded(image.getImage()),
                Optional.of(image.getProvenance()));
    }

    private static ByteBuffer embedded(Object image) {
        if (image instanceof ImageReference reference) {
            throw new UnexpectedRecordException(
                    "expected the image in the record, found a reference to " + reference.getUri());
        }
        return (ByteBuffer) image;
    }
}
