package dev.cyclestream.image.decoding;

import dev.cyclestream.image.DecodedImage;
import dev.cyclestream.image.ImageRejectedException;
import java.io.IOException;

/** A reader of files of one format; what all formats have in common is not its business. Safe for use by several threads. */
public interface FormatDecoder {

    /**
     * The first image of a file as it is stored, or shrunk already, not yet turned upright.
     *
     * @throws ImageRejectedException if it is beyond the limits, damaged, or of a kind that is not read
     * @throws IOException if the library that reads it says that it is damaged
     */
    DecodedImage decode(byte[] encoded, Decoding decoding) throws IOException;

    /** The orientation that the file gives its image; upright if it gives none, or nonsense. */
    default Orientation orientation(byte[] encoded) {
        return Orientation.UPRIGHT;
    }
}
