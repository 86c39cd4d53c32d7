package dev.cyclestream.image;

import java.awt.image.BufferedImage;
import java.io.IOException;

/** Reads PNG files. */
record PngDecoder() implements FormatDecoder {

    @Override
    public DecodedImage decode(byte[] encoded, ImageLimits limits) throws IOException {
        try (OpenImage image = OpenImage.of(ImageFormat.PNG, encoded, limits)) {
            BufferedImage stored = image.read();
            // ImageIO does not look at the colour profile of a PNG.
            return Pixels.decoded(
                    ImageFormat.PNG,
                    PngProfile.of(encoded)
                            .map(profile -> profile.toSrgb(stored))
                            .orElse(stored));
        }
    }
}
