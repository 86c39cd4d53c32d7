package dev.cyclestream.picture;

/**
 * An antialiased bicubic filter (Keys, 1981, a = -0.5) that resizes like Pillow's {@code BICUBIC}, to the byte.
 *
 * <p>Java2D's bicubic looks at 4 x 4 pixels whatever the scale, so that shrunk pictures alias. Here the filter widens with
 * the scale. Rows first, then columns; weights are integers of 22 bits and each pass rounds to bytes, as in Pillow.
 */
public final class BicubicResampler {

    private static final int PRECISION_BITS = 22;
    private static final double SUPPORT = 2;
    private static final double A = -0.5;

    private BicubicResampler() {}

    /** The picture at this size; proportions are not kept. */
    public static Picture resize(Picture picture, int width, int height) {
        Picture result = picture;
        if (width != picture.width()) {
            result = resizeRows(result, width);
        }
        if (height != picture.height()) {
            result = transpose(resizeRows(transpose(result), height));
        }
        return result;
    }

    /** The pixels that one output pixel is made of, and their weights. */
    private static final class Window {
        private final int first;
        private final int[] weights;

        private Window(int first, int[] weights) {
            this.first = first;
            this.weights = weights;
        }
    }

    private static Picture resizeRows(Picture picture, int width) {
        Window[] windows = windows(picture.width(), width);
        byte[] samples = new byte[width * picture.height() * Picture.CHANNELS];
        int next = 0;
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < width; x++) {
                for (int channel = 0; channel < Picture.CHANNELS; channel++) {
                    samples[next++] = weightedSample(picture, windows[x], y, channel);
                }
            }
        }
        return new Picture(width, picture.height(), samples);
    }

    private static byte weightedSample(Picture picture, Window window, int y, int channel) {
        long sum = 1L << (PRECISION_BITS - 1);
        for (int i = 0; i < window.weights.length; i++) {
            sum += (long) window.weights[i] * picture.sample(window.first + i, y, channel);
        }
        return (byte) Math.max(0, Math.min(255, sum >> PRECISION_BITS));
    }

    private static Window[] windows(int inputSize, int outputSize) {
        double scale = (double) inputSize / outputSize;
        double filterScale = Math.max(scale, 1);
        Window[] windows = new Window[outputSize];
        for (int output = 0; output < outputSize; output++) {
            double center = (output + 0.5) * scale;
            int first = Math.max(0, (int) (center - SUPPORT * filterScale + 0.5));
            int end = Math.min(inputSize, (int) (center + SUPPORT * filterScale + 0.5));
            double[] weights = new double[end - first];
            double sum = 0;
            for (int i = 0; i < weights.length; i++) {
                weights[i] = cubic((first + i - center + 0.5) / filterScale);
                sum += weights[i];
            }
            windows[output] = new Window(first, toIntegers(weights, sum));
        }
        return windows;
    }

    private static int[] toIntegers(double[] weights, double sum) {
        int[] integers = new int[weights.length];
        for (int i = 0; i < weights.length; i++) {
            double scaled = weights[i] / sum * (1 << PRECISION_BITS);
            integers[i] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
        }
        return integers;
    }

    private static double cubic(double distance) {
        double x = Math.abs(distance);
        if (x < 1) {
            return ((A + 2) * x - (A + 3)) * x * x + 1;
        }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * A : 0;
    }

    private static Picture transpose(Picture picture) {
        byte[] samples = new byte[picture.width() * picture.height() * Picture.CHANNELS];
        int next = 0;
        for (int x = 0; x < picture.width(); x++) {
            for (int y = 0; y < picture.height(); y++) {
                for (int channel = 0; channel < Picture.CHANNELS; channel++) {
                    samples[next++] = (byte) picture.sample(x, y, channel);
                }
            }
        }
        return new Picture(picture.height(), picture.width(), samples);
    }
}
