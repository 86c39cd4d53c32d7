package dev.cyclestream.image;

import java.util.Optional;

/**
 * What was in a file.
 *
 * @param format of the file
 * @param color the pixels, laid on white where they are not opaque
 * @param alpha of as many pixels; empty if all are opaque
 */
public record DecodedImage(ImageFormat format, RgbImage color, Optional<AlphaPlane> alpha) {

    /** The same file with other colours of the same size, its alpha kept. */
    public DecodedImage withColor(RgbImage other) {
        if (other.width() != color.width() || other.height() != color.height()) {
            throw new IllegalArgumentException("colours: expected %s, found %s".formatted(color, other));
        }
        return new DecodedImage(format, other, alpha);
    }

    ImageSize size() {
        return new ImageSize(color.width(), color.height());
    }

    DecodedImage resize(ImageSize size) {
        return new DecodedImage(
                format,
                color.resize(size.width(), size.height()),
                alpha.map(plane -> plane.resize(size.width(), size.height())));
    }
}
