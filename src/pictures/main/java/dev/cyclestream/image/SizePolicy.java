package dev.cyclestream.image;

import dev.cyclestream.image.ImageRejectedException.Reason;

/** At which size an image is translated; the result has that size, in the input's proportions. */
public sealed interface SizePolicy {

    /** Longest side, in pixels, that is translated unless a user says otherwise. */
    int DEFAULT_MAX_SIDE = 1024;

    /** The longest side, in pixels, of any image that comes out of it. */
    int longestSide();

    /**
     * The image as it is translated.
     *
     * @throws ImageRejectedException if it cannot be: a side is too long, or too short for a generator
     */
    DecodedImage apply(DecodedImage image);

    /**
     * Every image at its own size.
     *
     * @param maxSide longest side in pixels; a generator needs up to 2.3 kB of memory for each pixel
     */
    record Native(int maxSide) implements SizePolicy {
        public Native {
            requireSide(maxSide);
        }

        @Override
        public int longestSide() {
            return maxSide;
        }

        @Override
        public DecodedImage apply(DecodedImage image) {
            RgbImage color = image.color();
            if (Math.max(color.width(), color.height()) > maxSide) {
                throw new ImageRejectedException(
                        Reason.IMAGE_TOO_LARGE,
                        "expected at most %d pixels a side, found %d x %d"
                                .formatted(maxSide, color.width(), color.height()));
            }
            return requireSides(image);
        }
    }

    /**
     * Larger images shrunk, smaller ones at their own size.
     *
     * @param longestSide in pixels
     */
    record Fit(int longestSide) implements SizePolicy {
        public Fit {
            requireSide(longestSide);
        }

        @Override
        public DecodedImage apply(DecodedImage image) {
            RgbImage color = image.color();
            double scale = (double) longestSide / Math.max(color.width(), color.height());
            if (scale >= 1) {
                return requireSides(image);
            }
            int width = (int) Math.max(1, Math.round(color.width() * scale));
            int height = (int) Math.max(1, Math.round(color.height() * scale));
            requireSides(color, width, height);
            return image.resize(width, height);
        }
    }

    private static void requireSide(int side) {
        if (side < ImageLimits.MIN_SIDE) {
            throw new IllegalArgumentException(
                    "longest side: expected at least %d pixels, found %d".formatted(ImageLimits.MIN_SIDE, side));
        }
    }

    private static DecodedImage requireSides(DecodedImage image) {
        requireSides(image.color(), image.color().width(), image.color().height());
        return image;
    }

    private static void requireSides(RgbImage found, int width, int height) {
        if (Math.min(width, height) < ImageLimits.MIN_SIDE) {
            boolean shrunk = width != found.width();
            throw new ImageRejectedException(
                    Reason.IMAGE_TOO_SMALL,
                    "expected at least %d pixels a side, found %d x %d%s"
                            .formatted(
                                    ImageLimits.MIN_SIDE,
                                    found.width(),
                                    found.height(),
                                    shrunk ? ", which would shrink to %d x %d".formatted(width, height) : ""));
        }
    }
}
