package dev.cyclestream.anomaly;

import dev.cyclestream.picture.Picture;
import java.util.EnumSet;
import java.util.Set;

/** A thing that looks wrong with a result beside its input. An input that is nearly one colour itself is not judged. */
public enum Detector {
    /** The result is nearly one colour. */
    BLANK,
    /** The result is nearly the input. */
    UNCHANGED,
    /** The result is nearly the negative of the input. */
    INVERTED;

    /** Of the range of a sample: below this deviation a picture is nearly one colour. */
    private static final double LEAST_CONTRAST = 0.01;

    /** An input must have more, so that a dark or foggy one with a dark or foggy result is no anomaly. */
    private static final double JUDGED_CONTRAST = 2 * LEAST_CONTRAST;

    /** Of the input's contrast, so that small differences in the dark are differences. */
    private static final double LEAST_CHANGE = 0.05;

    /** Of samples with those of the input: what was dark is bright and the other way round, nearly everywhere. */
    private static final double INVERTED_CORRELATION = -0.8;

    /** Of the range of a sample: a result further from the negative has only shades the other way round. */
    private static final double LARGEST_TO_NEGATIVE = 0.2;

    /** All that looks wrong. */
    public static Set<Detector> of(Picture input, Picture output) {
        return of(PointSamples.of(input), PointSamples.of(output));
    }

    private static Set<Detector> of(PointSamples input, PointSamples output) {
        Set<Detector> found = EnumSet.noneOf(Detector.class);
        if (input.deviation() < JUDGED_CONTRAST) {
            return found;
        }
        if (output.deviation() < LEAST_CONTRAST) {
            found.add(BLANK);
        } else if (input.meanDifference(output) < LEAST_CHANGE * input.deviation()) {
            found.add(UNCHANGED);
        } else if (input.correlation(output) < INVERTED_CORRELATION
                && input.meanDifferenceOfNegative(output) < LARGEST_TO_NEGATIVE) {
            found.add(INVERTED);
        }
        return found;
    }
}
