package dev.cyclestream.anomaly;

import dev.cyclestream.picture.Picture;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * The colours of a picture at a few places, the same places in each picture of a size: one in each field of a 32 x 32 grid, each
 * somewhere else within its field, so that no pattern of the picture falls in with the grid. It costs the same for a large picture as
 * for a small one.
 */
final class PointSamples {

    private static final int SIDE = 32;
    private static final int COUNT = SIDE * SIDE * Picture.CHANNELS;
    private static final double BRIGHTEST = 255;
    private static final double[] ACROSS =
            new SplittableRandom(1).doubles(SIDE * SIDE).toArray();
    private static final double[] DOWN =
            new SplittableRandom(2).doubles(SIDE * SIDE).toArray();

    /** 0 to 255, layout (place, RGB). */
    private final int[] samples;

    private PointSamples(int[] samples) {
        this.samples = samples;
    }

    static PointSamples of(Picture picture) {
        int[] samples = new int[COUNT];
        ByteBuffer all = picture.samples();
        int next = 0;
        for (int place = 0; place < SIDE * SIDE; place++) {
            int row = place / SIDE;
            int x = (int) ((place % SIDE + ACROSS[place]) * picture.width() / SIDE);
            int y = (int) ((row + DOWN[place]) * picture.height() / SIDE);
            int from = (y * picture.width() + x) * Picture.CHANNELS;
            for (int channel = 0; channel < Picture.CHANNELS; channel++) {
                samples[next++] = all.get(from + channel) & 0xFF;
            }
        }
        return new PointSamples(samples);
    }

    /** The deviation of samples from the mean of their channel, of the range of a sample: 0 for one colour, at most 0.5. */
    double deviation() {
        double squares = 0;
        for (int channel = 0; channel < Picture.CHANNELS; channel++) {
            long sum = 0;
            long sumOfSquares = 0;
            for (int i = channel; i < COUNT; i += Picture.CHANNELS) {
                sum += samples[i];
                sumOfSquares += (long) samples[i] * samples[i];
            }
            double count = SIDE * SIDE;
            squares += sumOfSquares - sum * (sum / count);
        }
        return Math.sqrt(squares / COUNT) / BRIGHTEST;
    }

    /** The mean difference of samples, of their range. */
    double meanDifference(PointSamples other) {
        long sum = 0;
        for (int i = 0; i < COUNT; i++) {
            sum += Math.abs(samples[i] - other.samples[i]);
        }
        return sum / BRIGHTEST / COUNT;
    }

    /** The mean difference of the samples of this one's negative. */
    double meanDifferenceOfNegative(PointSamples other) {
        long sum = 0;
        for (int i = 0; i < COUNT; i++) {
            sum += Math.abs((int) BRIGHTEST - samples[i] - other.samples[i]);
        }
        return sum / BRIGHTEST / COUNT;
    }

    /** The correlation of samples by Pearson: 1 if they are alike, -1 if one is the other's negative; 0 if one is constant. */
    double correlation(PointSamples other) {
        long sum = 0;
        long otherSum = 0;
        long products = 0;
        long squares = 0;
        long otherSquares = 0;
        for (int i = 0; i < COUNT; i++) {
            sum += samples[i];
            otherSum += other.samples[i];
            products += (long) samples[i] * other.samples[i];
            squares += (long) samples[i] * samples[i];
            otherSquares += (long) other.samples[i] * other.samples[i];
        }
        double mean = (double) sum / COUNT;
        double otherMean = (double) otherSum / COUNT;
        double scale = Math.sqrt((squares - sum * mean) * (otherSquares - otherSum * otherMean));
        return scale == 0 ? 0 : (products - sum * otherMean) / scale;
    }
}
