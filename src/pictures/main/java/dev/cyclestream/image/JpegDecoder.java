package dev.cyclestream.image;

import java.io.IOException;

/** Reads JPEG files. */
record JpegDecoder() implements FormatDecoder {

    @Override
    public DecodedImage decode(byte[] encoded, ImageLimits limits) throws IOException {
        JpegScans.requireFew(encoded);
        try (OpenImage image = OpenImage.of(ImageFormat.JPEG, encoded, limits)) {
            return Pixels.decoded(ImageFormat.JPEG, image.read());
        }
    }
}
