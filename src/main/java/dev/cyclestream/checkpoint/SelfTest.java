package dev.cyclestream.checkpoint;

import dev.cyclestream.picture.Picture;
import java.util.function.UnaryOperator;

/**
 * A small image and its translation as of the export, by which a checkpoint proves itself.
 *
 * @param input to translate
 * @param expected translation
 */
public record SelfTest(Picture input, Picture expected) {

    /** Processors round differently, so a right result can be this far off, in 0 to 255. */
    public static final int TOLERANCE = 1;

    /** Runs the translation; returns the largest difference of any sample to the expected one, 0 to 255. */
    public int largestDifference(UnaryOperator<Picture> translate) {
        return translate.apply(input).largestDifference(expected);
    }
}
