package dev.cyclestream.image;

/**
 * What an image may cost before it is refused.
 *
 * @param maxBytes length of the encoded image
 * @param maxPixels width times height; a generator needs up to 2.3 kB of memory for each
 */
public record ImageLimits(int maxBytes, int maxPixels) {

    /** Shorter sides than this cannot be padded and halved twice as the generators do. */
    public static final int MIN_SIDE = 16;

    /** 8 MiB in at most 1024 x 1024 pixels. */
    public static final ImageLimits DEFAULT = new ImageLimits(8 << 20, 1024 * 1024);

    public ImageLimits {
        if (maxBytes < 1 || maxPixels < MIN_SIDE * MIN_SIDE) {
            throw new IllegalArgumentException("image limits: expected at least 1 byte and %d pixels, found %d and %d"
                    .formatted(MIN_SIDE * MIN_SIDE, maxBytes, maxPixels));
        }
    }
}
