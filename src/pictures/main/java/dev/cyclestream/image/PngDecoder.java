package dev.cyclestream.image;

import java.io.IOException;
import java.util.Optional;

/** Reads PNG files. */
record PngDecoder() implements FormatDecoder {

    private static final int INTERLACE_OFFSET = 28;

    @Override
    public DecodedImage decode(byte[] encoded, Decoding decoding) throws IOException {
        try (OpenImage image = OpenImage.of(ImageFormat.PNG, encoded, decoding)) {
            Optional<ColorProfile> profile = PngProfile.of(encoded); // which ImageIO does not look at
            return encoded[INTERLACE_OFFSET] == 0
                    ? decoding.rows(ImageFormat.PNG, image.rows(profile, 1, 0))
                    : decoding.whole(ImageFormat.PNG, image.size(), image.bytesOfAPixel(), profile, image::read);
        }
    }
}
