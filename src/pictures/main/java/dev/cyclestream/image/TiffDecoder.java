package dev.cyclestream.image;

import java.io.IOException;
import java.util.Optional;

/** Reads TIFF files. */
record TiffDecoder() implements FormatDecoder {

    @Override
    public DecodedImage decode(byte[] encoded, Decoding decoding) throws IOException {
        try (OpenImage image = OpenImage.of(ImageFormat.TIFF, encoded, decoding)) {
            return decoding.rows(ImageFormat.TIFF, image.rows(Optional.empty(), 1, 0));
        }
    }
}
