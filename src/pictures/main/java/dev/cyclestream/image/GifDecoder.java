package dev.cyclestream.image;

import java.awt.image.BufferedImage;
import java.io.IOException;

/** Reads GIF files: the first frame on its canvas. */
record GifDecoder() implements FormatDecoder {

    @Override
    public DecodedImage decode(byte[] encoded, ImageLimits limits) throws IOException {
        try (OpenImage image = OpenImage.of(ImageFormat.GIF, encoded, limits)) {
            BufferedImage frame = image.read();
            GifCanvas canvas = GifCanvas.of(encoded, image.reader());
            limits.requirePixels(canvas.width(), canvas.height());
            return Pixels.decoded(ImageFormat.GIF, canvas.draw(frame));
        }
    }
}
