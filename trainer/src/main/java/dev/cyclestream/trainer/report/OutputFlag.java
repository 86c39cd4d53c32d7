package dev.cyclestream.trainer.report;

import dev.cyclestream.picture.Picture;

/** A way in which a translation can be no translation. */
public enum OutputFlag {

    /** Almost one colour, though the input is not. */
    BLANK("blank") {
        @Override
        public boolean matches(Picture input, Picture output) {
            return deviation(output) < VISIBLE_DIFFERENCE && deviation(input) >= VISIBLE_DIFFERENCE;
        }
    },

    /** So like the input that nobody sees a difference. */
    UNCHANGED("equal to the input") {
        @Override
        public boolean matches(Picture input, Picture output) {
            return input.meanDifference(output) < VISIBLE_DIFFERENCE;
        }
    },

    /** Like a negative of the input: bright where it is dark. A trap that a CycleGAN falls into, since it costs nothing. */
    INVERTED("inverted") {
        @Override
        public boolean matches(Picture input, Picture output) {
            return correlation(input, output) < LARGEST_CORRELATION_OF_A_NEGATIVE;
        }
    };

    /** Less than this, of 255 and on average, is hard to see. */
    static final double VISIBLE_DIFFERENCE = 2;

    private static final double LARGEST_CORRELATION_OF_A_NEGATIVE = -0.5;

    private final String description;

    OutputFlag(String description) {
        this.description = description;
    }

    /** Whether the output of one size with the input is like that. */
    public abstract boolean matches(Picture input, Picture output);

    String description() {
        return description;
    }

    /** Standard deviation of all samples. */
    private static double deviation(Picture picture) {
        return Math.sqrt(covariance(picture, picture));
    }

    /** Pearson's correlation of all samples; 0 where one of the pictures is of one colour. */
    private static double correlation(Picture left, Picture right) {
        double scale = deviation(left) * deviation(right);
        return scale == 0 ? 0 : covariance(left, right) / scale;
    }

    private static double covariance(Picture left, Picture right) {
        byte[] x = left.toBytes();
        byte[] y = right.toBytes();
        double sumX = 0;
        double sumY = 0;
        double sumXy = 0;
        for (int i = 0; i < x.length; i++) {
            sumX += x[i] & 0xFF;
            sumY += y[i] & 0xFF;
            sumXy += (double) (x[i] & 0xFF) * (y[i] & 0xFF);
        }
        return sumXy / x.length - sumX / x.length * sumY / x.length;
    }
}
