package dev.cyclestream.image;

import dev.cyclestream.image.ImageRejectedException.Reason;
import java.time.Duration;

/**
 * What decoding an image may cost before it is refused.
 *
 * @param maxBytes length of the encoded image
 * @param maxPixels width times height; each takes up to 12 bytes of memory while it is decoded
 * @param maxDecodingTime of one image
 */
public record ImageLimits(int maxBytes, int maxPixels, Duration maxDecodingTime) {

    /** Shorter sides than this cannot be padded and halved twice as the generators do. */
    public static final int MIN_SIDE = 16;

    /** 8 MiB in at most 25 megapixels, decoded within 10 s. */
    public static final ImageLimits DEFAULT = new ImageLimits(8 << 20, 25_000_000, Duration.ofSeconds(10));

    public ImageLimits {
        if (maxBytes < 1 || maxPixels < MIN_SIDE * MIN_SIDE) {
            throw new IllegalArgumentException("image limits: expected at least 1 byte and %d pixels, found %d and %d"
                    .formatted(MIN_SIDE * MIN_SIDE, maxBytes, maxPixels));
        }
        if (maxDecodingTime.isNegative() || maxDecodingTime.isZero()) {
            throw new IllegalArgumentException("decoding time: expected more than nothing, found " + maxDecodingTime);
        }
    }

    /** @throws ImageRejectedException if an image has more pixels than this */
    void requirePixels(int width, int height) {
        if ((long) width * height > maxPixels) {
            throw new ImageRejectedException(
                    Reason.IMAGE_TOO_LARGE,
                    "expected at most %d pixels, found %d x %d".formatted(maxPixels, width, height));
        }
    }
}
