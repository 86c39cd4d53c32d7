package dev.cyclestream.image;

import dev.cyclestream.image.ImageRejectedException.Reason;
import dev.cyclestream.picture.PictureSize;
import java.util.Optional;

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
     * To which size an image is shrunk, which can be done while it is read; empty if it keeps its own.
     *
     * @throws ImageRejectedException if the image can be refused by its size
     */
    Optional<PictureSize> shrunk(PictureSize stored);

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
        public Optional<PictureSize> shrunk(PictureSize stored) {
            requireAtMost(stored);
            return Optional.empty();
        }

        private void requireAtMost(PictureSize size) {
            if (size.longestSide() > maxSide) {
                throw new ImageRejectedException(
                        Reason.IMAGE_TOO_LARGE, "expected at most %d pixels a side, found %s".formatted(maxSide, size));
            }
        }

        @Override
        public DecodedImage apply(DecodedImage image) {
            requireAtMost(image.size());
            requireSides(image.size(), image.size());
            return image;
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
            PictureSize size = fitted(image.size());
            return size.equals(image.size()) ? image : image.resize(size);
        }

        @Override
        public Optional<PictureSize> shrunk(PictureSize stored) {
            return Optional.of(fitted(stored)).filter(size -> !size.equals(stored));
        }

        private PictureSize fitted(PictureSize size) {
            double scale = Math.min(1, (double) longestSide / size.longestSide());
            PictureSize fitted = new PictureSize((int) Math.max(1, Math.round(size.width() * scale)), (int)
                    Math.max(1, Math.round(size.height() * scale)));
            requireSides(size, fitted);
            return fitted;
        }
    }

    /**
     * Images of more pixels shrunk to so many, others at their own size, however short their sides are: to learn from, not to
     * translate.
     *
     * @param pixels width times height
     */
    record AtMost(int pixels) implements SizePolicy {
        public AtMost {
            if (pixels < 1) {
                throw new IllegalArgumentException("pixels: expected at least 1, found " + pixels);
            }
        }

        @Override
        public int longestSide() {
            return pixels;
        }

        @Override
        public DecodedImage apply(DecodedImage image) {
            return shrunk(image.size()).map(image::resize).orElse(image);
        }

        @Override
        public Optional<PictureSize> shrunk(PictureSize stored) {
            if (stored.pixels() <= pixels) {
                return Optional.empty();
            }
            double scale = Math.sqrt((double) pixels / stored.pixels());
            int width = (int) Math.min(pixels, Math.max(1, stored.width() * scale));
            int mostRows = pixels / width;
            int height = (int) Math.min(mostRows, Math.max(1, stored.height() * scale));
            return Optional.of(new PictureSize(width, height));
        }
    }

    private static void requireSide(int side) {
        if (side < ImageLimits.MIN_SIDE) {
            throw new IllegalArgumentException(
                    "longest side: expected at least %d pixels, found %d".formatted(ImageLimits.MIN_SIDE, side));
        }
    }

    private static void requireSides(PictureSize found, PictureSize translated) {
        if (Math.min(translated.width(), translated.height()) < ImageLimits.MIN_SIDE) {
            throw new ImageRejectedException(
                    Reason.IMAGE_TOO_SMALL,
                    "expected at least %d pixels a side, found %s%s"
                            .formatted(
                                    ImageLimits.MIN_SIDE,
                                    found,
                                    translated.equals(found) ? "" : ", which would shrink to " + translated));
        }
    }
}
