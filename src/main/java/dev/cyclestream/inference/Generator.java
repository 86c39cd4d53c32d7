package dev.cyclestream.inference;

import dev.cyclestream.picture.Picture;
import java.util.List;

/** Translates images; safe for use by several threads. Whoever loads a generator closes it, after the last call. */
public interface Generator extends AutoCloseable {

    /**
     * Translates images of one size as one batch.
     *
     * @param images at least one, all of the same width and height, each side 16 or more
     * @return as many images of the same size, in the same order
     * @throws GeneratorFailedException if the runtime gives up
     */
    List<Picture> translate(List<Picture> images);

    /** The name of the device, such as {@code cpu}: rounding differs between devices. */
    String device();

    @Override
    void close();
}
