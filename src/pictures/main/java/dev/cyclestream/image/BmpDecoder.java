package dev.cyclestream.image;

import java.io.IOException;

/** Reads BMP files. */
record BmpDecoder() implements FormatDecoder {

    @Override
    public DecodedImage decode(byte[] encoded, Decoding decoding) throws IOException {
        try (OpenImage image = OpenImage.of(ImageFormat.BMP, encoded, decoding)) {
            return decoding.whole(ImageFormat.BMP, image.size(), image.bytesOfAPixel(), image::read);
        }
    }
}
