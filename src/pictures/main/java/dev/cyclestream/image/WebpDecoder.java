package dev.cyclestream.image;

import java.io.IOException;

/** Reads WebP files. */
record WebpDecoder() implements FormatDecoder {

    @Override
    public DecodedImage decode(byte[] encoded, ImageLimits limits) throws IOException {
        try (OpenImage image = OpenImage.of(ImageFormat.WEBP, encoded, limits)) {
            return Pixels.decoded(ImageFormat.WEBP, image.read());
        }
    }
}
