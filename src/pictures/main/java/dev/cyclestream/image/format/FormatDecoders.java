package dev.cyclestream.image.format;

import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.image.bmp.BmpDecoder;
import dev.cyclestream.image.decoding.FormatDecoder;
import dev.cyclestream.image.gif.GifDecoder;
import dev.cyclestream.image.jpeg.JpegDecoder;
import dev.cyclestream.image.png.PngDecoder;
import dev.cyclestream.image.tiff.TiffDecoder;
import dev.cyclestream.image.webp.WebpDecoder;

/** The list of all formats that are read: a new one has a package of its own and a line here. */
final class FormatDecoders {

    private FormatDecoders() {}

    /** The decoder of a format. */
    static FormatDecoder of(ImageFormat format) {
        return switch (format) {
            case PNG -> new PngDecoder();
            case JPEG -> new JpegDecoder();
            case WEBP -> new WebpDecoder();
            case GIF -> new GifDecoder();
            case BMP -> new BmpDecoder();
            case TIFF -> new TiffDecoder();
        };
    }
}
