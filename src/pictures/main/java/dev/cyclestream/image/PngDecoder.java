package dev.cyclestream.image;

import java.awt.color.CMMException;
import java.awt.image.BufferedImage;
import java.io.IOException;

/** Reads PNG files. */
record PngDecoder() implements FormatDecoder {

    @Override
    public DecodedImage decode(byte[] encoded, ImageLimits limits) throws IOException {
        try (OpenImage image = OpenImage.of(ImageFormat.PNG, encoded, limits)) {
            return Pixels.decoded(ImageFormat.PNG, inProfile(image.read(), encoded));
        }
    }

    /** ImageIO does not look at the colour profile of a PNG; one that is broken is as good as none. */
    private static BufferedImage inProfile(BufferedImage image, byte[] encoded) {
        try {
            return PngProfile.of(encoded).map(profile -> profile.attach(image)).orElse(image);
        } catch (CMMException | IllegalArgumentException e) {
            return image;
        }
    }
}
