package dev.cyclestream.picture;

import java.nio.ByteBuffer;

/** Distances of two pictures of one size: L1, and structural similarity. */
public final class PictureDistance {

    private static final double HALF_RANGE = 127.5;
    private static final double RANGE = 255;
    /** Side of the window of SSIM, which no side of a picture may be shorter than. */
    static final int WINDOW = 11;

    private static final double DEVIATION = 1.5;
    private static final double C1 = square(0.01 * RANGE);
    private static final double C2 = square(0.03 * RANGE);
    private static final double[] KERNEL = kernel();

    private PictureDistance() {}

    /** Mean absolute distance with samples in [-1, 1]: 0 to 2. */
    public static double l1(Picture left, Picture right) {
        requireSameSize(left, right);
        ByteBuffer x = left.samples();
        ByteBuffer y = right.samples();
        long sum = 0;
        for (int i = 0; i < x.limit(); i++) {
            sum += Math.abs((x.get(i) & 0xFF) - (y.get(i) & 0xFF));
        }
        return sum / (x.limit() * HALF_RANGE);
    }

    /**
     * Structural similarity (Wang et al., IEEE TIP 2004) with a Gaussian window of 11 x 11 and deviation 1.5: the mean over
     * all channels and all places where the whole window fits; -1 to 1, and 1 for equal pictures only.
     *
     * @throws IllegalArgumentException if the sizes differ, or a side is shorter than the window
     */
    public static double ssim(Picture left, Picture right) {
        requireSameSize(left, right);
        if (Math.min(left.width(), left.height()) < WINDOW) {
            throw new IllegalArgumentException("SSIM: expected sides of at least %d, found %s".formatted(WINDOW, left));
        }
        double sum = 0;
        for (int channel = 0; channel < Picture.CHANNELS; channel++) {
            sum += ssim(Plane.of(left, channel), Plane.of(right, channel));
        }
        return sum / Picture.CHANNELS;
    }

    private static void requireSameSize(Picture left, Picture right) {
        if (!left.hasSizeOf(right)) {
            throw new IllegalArgumentException(
                    "distance: expected pictures of one size, found %s and %s".formatted(left, right));
        }
    }

    /** The variances are needed only as their sum, so that one mean of squares serves for both. */
    private static double ssim(Plane x, Plane y) {
        double[] meanX = x.blurred().values;
        double[] meanY = y.blurred().values;
        double[] meanSquares = x.times(x).plus(y.times(y)).blurred().values;
        double[] meanProduct = x.times(y).blurred().values;
        double sum = 0;
        for (int i = 0; i < meanX.length; i++) {
            double product = meanX[i] * meanY[i];
            double squares = meanX[i] * meanX[i] + meanY[i] * meanY[i];
            sum += (2 * product + C1)
                    * (2 * (meanProduct[i] - product) + C2)
                    / ((squares + C1) * (meanSquares[i] - squares + C2));
        }
        return sum / meanX.length;
    }

    /** One channel, layout (height, width). */
    private static final class Plane {
        private final int width;
        private final int height;
        private final double[] values;

        Plane(int width, int height, double[] values) {
            this.width = width;
            this.height = height;
            this.values = values;
        }

        static Plane of(Picture image, int channel) {
            ByteBuffer samples = image.samples();
            double[] values = new double[image.width() * image.height()];
            for (int i = 0; i < values.length; i++) {
                values[i] = samples.get(i * Picture.CHANNELS + channel) & 0xFF;
            }
            return new Plane(image.width(), image.height(), values);
        }

        Plane times(Plane other) {
            double[] result = new double[values.length];
            for (int i = 0; i < values.length; i++) {
                result[i] = values[i] * other.values[i];
            }
            return new Plane(width, height, result);
        }

        Plane plus(Plane other) {
            double[] result = new double[values.length];
            for (int i = 0; i < values.length; i++) {
                result[i] = values[i] + other.values[i];
            }
            return new Plane(width, height, result);
        }

        /** The window's mean at every place where it fits: along rows first, then along columns. */
        Plane blurred() {
            int narrow = width - WINDOW + 1;
            int low = height - WINDOW + 1;
            double[] rows = new double[height * narrow];
            for (int y = 0; y < height; y++) {
                for (int i = 0; i < WINDOW; i++) {
                    addScaled(rows, y * narrow, values, y * width + i, KERNEL[i], narrow);
                }
            }
            double[] result = new double[low * narrow]; // (height - 10, width - 10)
            for (int i = 0; i < WINDOW; i++) {
                addScaled(result, 0, rows, i * narrow, KERNEL[i], low * narrow);
            }
            return new Plane(narrow, low, result);
        }
    }

    private static void addScaled(double[] to, int at, double[] from, int start, double factor, int length) {
        for (int i = 0; i < length; i++) {
            to[at + i] += factor * from[start + i];
        }
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
