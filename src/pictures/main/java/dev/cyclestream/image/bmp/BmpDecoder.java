package dev.cyclestream.image.bmp;

import dev.cyclestream.image.DecodedImage;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.image.decoding.Decoding;
import dev.cyclestream.image.decoding.FormatDecoder;
import java.io.IOException;

/** The decoder of BMP files. */
public record BmpDecoder() implements FormatDecoder {

    @Override
    public DecodedImage decode(byte[] encoded, Decoding decoding) throws IOException {
        return decoding.rows(ImageFormat.BMP, BmpImage.of(encoded));
    }
}
