package dev.cyclestream.image;

import java.io.IOException;

/** Reads BMP files. */
record BmpDecoder() implements FormatDecoder {

    @Override
    public DecodedImage decode(byte[] encoded, Decoding decoding) throws IOException {
        return decoding.rows(ImageFormat.BMP, BmpImage.of(encoded));
    }
}
