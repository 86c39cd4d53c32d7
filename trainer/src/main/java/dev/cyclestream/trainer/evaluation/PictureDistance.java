package dev.cyclestream.trainer.evaluation;

import dev.cyclestream.picture.Picture;

/** How far two pictures of one size are apart. */
public final class PictureDistance {

    private static final double HALF_RANGE = 127.5;
    private static final double RANGE = 255;
    private static final int WINDOW = 11;
    private static final double DEVIATION = 1.5;
    private static final double C1 = square(0.01 * RANGE);
    private static final double C2 = square(0.03 * RANGE);
    private static final double[] KERNEL = kernel();

    private PictureDistance() {}

    /** Mean absolute distance with samples in [-1, 1]: 0 to 2. */
    public static double l1(Picture left, Picture right) {
        return left.meanDifference(right) / HALF_RANGE;
    }

    /**
     * Structural similarity (Wang et al., IEEE TIP 2004) with a Gaussian window of 11 x 11 and deviation 1.5: the mean over
     * all channels and all places where the whole window fits.
     *
     * @throws IllegalArgumentException if the sizes differ, or a side is shorter than the window
     */
    public static double ssim(Picture left, Picture right) {
        if (left.width() != right.width() || left.height() != right.height()) {
            throw new IllegalArgumentException(
                    "SSIM: expected pictures of one size, found %s and %s".formatted(left, right));
        }
        if (Math.min(left.width(), left.height()) < WINDOW) {
            throw new IllegalArgumentException("SSIM: expected sides of at least %d, found %s".formatted(WINDOW, left));
        }
        double sum = 0;
        for (int channel = 0; channel < Picture.CHANNELS; channel++) {
            sum += ssim(plane(left, channel), plane(right, channel));
        }
        return sum / Picture.CHANNELS;
    }

    private static double ssim(double[][] x, double[][] y) {
        double[][] meanX = filter(x);
        double[][] meanY = filter(y);
        double[][] meanXx = filter(product(x, x));
        double[][] meanYy = filter(product(y, y));
        double[][] meanXy = filter(product(x, y));
        double sum = 0;
        for (int row = 0; row < meanX.length; row++) {
            for (int column = 0; column < meanX[row].length; column++) {
                double mx = meanX[row][column];
                double my = meanY[row][column];
                double varianceX = meanXx[row][column] - mx * mx;
                double varianceY = meanYy[row][column] - my * my;
                double covariance = meanXy[row][column] - mx * my;
                sum += (2 * mx * my + C1)
                        * (2 * covariance + C2)
                        / ((mx * mx + my * my + C1) * (varianceX + varianceY + C2));
            }
        }
        return sum / meanX.length / meanX[0].length;
    }

    /** The window's mean at every place where it fits: rows first, then columns. */
    private static double[][] filter(double[][] plane) {
        int height = plane.length - WINDOW + 1;
        int width = plane[0].length - WINDOW + 1;
        double[][] rows = new double[plane.length][width];
        for (int y = 0; y < plane.length; y++) {
            for (int x = 0; x < width; x++) {
                for (int i = 0; i < WINDOW; i++) {
                    rows[y][x] += KERNEL[i] * plane[y][x + i];
                }
            }
        }
        double[][] result = new double[height][width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int i = 0; i < WINDOW; i++) {
                    result[y][x] += KERNEL[i] * rows[y + i][x];
                }
            }
        }
        return result;
    }

    private static double[][] product(double[][] x, double[][] y) {
        double[][] result = new double[x.length][x[0].length];
        for (int row = 0; row < x.length; row++) {
            for (int column = 0; column < x[row].length; column++) {
                result[row][column] = x[row][column] * y[row][column];
            }
        }
        return result;
    }

    private static double[][] plane(Picture picture, int channel) {
        double[][] plane = new double[picture.height()][picture.width()];
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                plane[y][x] = picture.sample(x, y, channel);
            }
        }
        return plane;
    }

    private static double[] kernel() {
        double[] kernel = new double[WINDOW];
        double sum = 0;
        for (int i = 0; i < WINDOW; i++) {
            kernel[i] = Math.exp(-square(i - WINDOW / 2) / (2 * square(DEVIATION)));
            sum += kernel[i];
        }
        for (int i = 0; i < WINDOW; i++) {
            kernel[i] /= sum;
        }
        return kernel;
    }

    private static double square(double value) {
        return value * value;
    }
}
