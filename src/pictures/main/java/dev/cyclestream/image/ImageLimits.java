package dev.cyclestream.image;

import dev.cyclestream.image.ImageRejectedException.Reason;
import dev.cyclestream.picture.PictureSize;
import java.time.Duration;

/**
 * The limits of an image: decoding may cost no more before it is refused.
 *
 * @param maxBytes length of the encoded image
 * @param maxPixels width times height; 16 times as many where an image is shrunk while it is read, so that it is never
 *     whole in memory
 * @param maxDecodingTime of one image, in processor time
 */
public record ImageLimits(int maxBytes, int maxPixels, Duration maxDecodingTime) {

    /** Shorter sides than this cannot be padded and halved twice as the generators do. */
    public static final int MIN_SIDE = 16;

    /** 8 MiB in at most 25 megapixels, decoded within 10 s. */
    public static final ImageLimits DEFAULT = new ImageLimits(8 << 20, 25_000_000, Duration.ofSeconds(10));

    private static final int SHRUNK = 16;

    public ImageLimits {
        if (maxBytes < 1 || maxPixels < MIN_SIDE * MIN_SIDE) {
            throw new IllegalArgumentException("image limits: expected at least 1 byte and %d pixels, found %d and %d"
                    .formatted(MIN_SIDE * MIN_SIDE, maxBytes, maxPixels));
        }
        if (maxDecodingTime.isNegative() || maxDecodingTime.isZero()) {
            throw new IllegalArgumentException("decoding time: expected more than nothing, found " + maxDecodingTime);
        }
    }

    /**
     * Refuses images that are too large.
     *
     * @throws ImageRejectedException if an image has more pixels than this
     */
    public void requirePixels(int width, int height) {
        requirePixels(new PictureSize(width, height), maxPixels);
    }

    /**
     * Refuses images that are too large even to be shrunk while they are read.
     *
     * @throws ImageRejectedException if the image has more pixels than that
     */
    public void requireShrunkPixels(PictureSize size) {
        requirePixels(size, (long) maxPixels * SHRUNK);
    }

    private static void requirePixels(PictureSize size, long most) {
        if (size.pixels() > most) {
            throw new ImageRejectedException(
                    Reason.IMAGE_TOO_LARGE, "expected at most %d pixels, found %s".formatted(most, size));
        }
    }
}
