package dev.cyclestream.picture;

import java.nio.ByteBuffer;

/** Brightness of a picture's pixels, 0 to 255 (ITU-R BT.601), for telling what a generator has failed at. */
final class Luma {

    private static final double RED = 0.299;
    private static final double GREEN = 0.587;
    private static final double BLUE = 0.114;

    private final double[] values;
    private final double mean;
    private final double deviation;

    Luma(Picture image) {
        ByteBuffer samples = image.samples();
        values = new double[image.width() * image.height()];
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            int at = i * Picture.CHANNELS;
            values[i] = RED * (samples.get(at) & 0xFF)
                    + GREEN * (samples.get(at + 1) & 0xFF)
                    + BLUE * (samples.get(at + 2) & 0xFF);
            sum += values[i];
        }
        mean = sum / values.length;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        deviation = Math.sqrt(squares / values.length);
    }

    /** Standard deviation: how much there is to see. */
    double deviation() {
        return deviation;
    }

    /** Pearson's correlation to a picture of the same size, -1 to 1; 0 if either is of one brightness. */
    double correlation(Luma other) {
        if (deviation == 0 || other.deviation == 0) {
            return 0;
        }
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += (values[i] - mean) * (other.values[i] - other.mean);
        }
        return sum / values.length / deviation / other.deviation;
    }
}
