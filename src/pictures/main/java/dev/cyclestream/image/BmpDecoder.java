package dev.cyclestream.image;

import java.io.IOException;

/** Reads BMP files. */
record BmpDecoder() implements FormatDecoder {

    @Override
    public DecodedImage decode(byte[] encoded, ImageLimits limits) throws IOException {
        try (OpenImage image = OpenImage.of(ImageFormat.BMP, encoded, limits)) {
            return Pixels.decoded(ImageFormat.BMP, image.read());
        }
    }
}
