package dev.cyclestream.image;

import dev.cyclestream.picture.AlphaPlane;
import dev.cyclestream.picture.Picture;
import dev.cyclestream.picture.PictureSize;
import java.util.Optional;

/**
 * The content of an image file.
 *
 * @param format of the file
 * @param color the pixels, laid on white where they are not opaque
 * @param alpha of as many pixels; empty if all are opaque
 */
public record DecodedImage(ImageFormat format, Picture color, Optional<AlphaPlane> alpha) {

    /** The same file with other colours of the same size, its alpha kept. */
    public DecodedImage withColor(Picture other) {
        if (other.width() != color.width() || other.height() != color.height()) {
            throw new IllegalArgumentException("colours: expected %s, found %s".formatted(color, other));
        }
        return new DecodedImage(format, other, alpha);
    }

    /** The size of both, colours and alpha. */
    public PictureSize size() {
        return new PictureSize(color.width(), color.height());
    }

    DecodedImage resize(PictureSize size) {
        return new DecodedImage(
                format,
                color.resize(size.width(), size.height()),
                alpha.map(plane -> plane.resize(size.width(), size.height())));
    }
}
