package dev.cyclestream.topic;

import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.event.ImageReference;
import dev.cyclestream.event.Provenance;
import dev.cyclestream.event.TranslatedImage;
import dev.cyclestream.storage.ImageStores;
import dev.cyclestream.storage.ReferenceRejectedException;
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

    public static CollectedImage of(ImageEvent event, ImageStores stores) {
        return new CollectedImage(
                event.getImageId(), event.getContentType(), bytes(event.getImage(), stores), Optional.empty());
    }

    public static CollectedImage of(TranslatedImage image, ImageStores stores) {
        return new CollectedImage(
                image.getImageId(),
                image.getContentType(),
                bytes(image.getImage(), stores),
                Optional.of(image.getProvenance()));
    }

    private static ByteBuffer bytes(Object image, ImageStores stores) {
        if (image instanceof ImageReference reference) {
            try {
                return ByteBuffer.wrap(stores.read(reference.getUri(), reference.getSize(), reference.getSha256()));
            } catch (ReferenceRejectedException e) {
                throw new UnexpectedRecordException(e.getMessage());
            }
        }
        return (ByteBuffer) image;
    }
}
