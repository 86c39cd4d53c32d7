package dev.cyclestream.image;

import java.io.IOException;

/** Reads files of one format; {@link ImageDecoder} does what all formats have in common. Safe for use by several threads. */
interface FormatDecoder {

    /** The one for a format. */
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

    /**
     * The first image of a file as it is stored, or shrunk already, not yet turned upright.
     *
     * @throws ImageRejectedException if it is beyond the limits, damaged, or of a kind that is not read
     * @throws IOException if the library that reads it says that it is damaged
     */
    DecodedImage decode(byte[] encoded, Decoding decoding) throws IOException;

    /** How the file says that its image stands; upright if it says nothing, or nonsense. */
    default Orientation orientation(byte[] encoded) {
        return Orientation.UPRIGHT;
    }
}
