package dev.cyclestream.image.decoding;

import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.color.ColorProfile;
import java.awt.image.ColorModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.Optional;

/** An image whose header was read and found sound, and whose pixels are read row by row, from top to bottom. */
public interface RowImage {

    int width();

    int height();

    /** The meaning of the samples; not to be asked for before the size was accepted. */
    ColorModel colors();

    /** The colour profile of the samples, if {@link #colors} does not hold it. */
    default Optional<ColorProfile> profile() {
        return Optional.empty();
    }

    /** Within how many rows pixels come in any order: those of a tile. */
    default int tileHeight() {
        return 1;
    }

    /** The number of times that all rows come; only the last time counts. */
    default int passes() {
        return 1;
    }

    /** Bytes that reading takes, besides the rows. */
    default long memory() {
        return 0;
    }

    /**
     * Reads the pixels.
     *
     * @param destination gets each row, or the part of it that a tile has, by {@link WritableRaster#setRect(int, int,
     *     java.awt.image.Raster)} or by single pixels
     * @throws ImageRejectedException if pixels are missing
     */
    void readInto(WritableRaster destination) throws IOException;
}
