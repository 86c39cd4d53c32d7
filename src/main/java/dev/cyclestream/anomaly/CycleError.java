package dev.cyclestream.anomaly;

import dev.cyclestream.picture.Picture;

/** The cycle error of an image: what is left of a picture after a translation and the one back (the L1 of CycleGAN's equation 2). */
final class CycleError {

    private static final double BRIGHTEST = 255;

    private CycleError() {}

    /** The mean absolute difference of samples, of their range: 0 to 1. */
    static double of(Picture input, Picture again) {
        return input.meanDifference(again) / BRIGHTEST;
    }
}
