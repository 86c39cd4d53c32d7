package dev.cyclestream.image;

import java.io.IOException;

/** Reads TIFF files. */
record TiffDecoder() implements FormatDecoder {

    @Override
    public DecodedImage decode(byte[] encoded, ImageLimits limits) throws IOException {
        try (OpenImage image = OpenImage.of(ImageFormat.TIFF, encoded, limits)) {
            return Pixels.decoded(ImageFormat.TIFF, image.read());
        }
    }
}
