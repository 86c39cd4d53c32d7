package dev.cyclestream.inference;

import dev.cyclestream.picture.Picture;
import java.util.List;
import java.util.SplittableRandom;

/** Pictures drawn to try a generator on: always the same ones. */
final class TrialPictures {

    private static final int DISCS = 12;
    private static final int GRAIN = 12;

    private TrialPictures() {}

    /** Bright and dark pictures of a photograph's kind: shades, edges and grain, from black to white. */
    static List<Picture> of(int width, int height) {
        return List.of(draw(width, height, 1, 1), draw(width, height, 2, 1), draw(width, height, 3, 0.4));
    }

    private static Picture draw(int width, int height, long seed, double brightness) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] samples = new double[width * height * Picture.CHANNELS];
        double[] corner = random.doubles(2L * Picture.CHANNELS).toArray();
        for (int i = 0; i < samples.length; i++) {
            int channel = i % Picture.CHANNELS;
            double across = (double) (i / Picture.CHANNELS % width) / width;
            int row = i / (Picture.CHANNELS * width);
            double down = (double) row / height;
            samples[i] = corner[channel] * (1 - across) + corner[Picture.CHANNELS + channel] * down;
        }
        for (int disc = 0; disc < DISCS; disc++) {
            fill(samples, width, height, random);
        }
        byte[] bytes = new byte[samples.length];
        for (int i = 0; i < bytes.length; i++) {
            double grained = samples[i] * 255 * brightness + random.nextInt(-GRAIN, GRAIN + 1);
            bytes[i] = (byte) Math.max(0, Math.min(255, Math.round(grained)));
        }
        return new Picture(width, height, bytes);
    }

    private static void fill(double[] samples, int width, int height, SplittableRandom random) {
        int centerX = random.nextInt(width);
        int centerY = random.nextInt(height);
        int radius = 2 + random.nextInt(Math.max(1, Math.min(width, height) / 4));
        double[] color = random.doubles(Picture.CHANNELS).toArray();
        for (int y = Math.max(0, centerY - radius); y < Math.min(height, centerY + radius); y++) {
            for (int x = Math.max(0, centerX - radius); x < Math.min(width, centerX + radius); x++) {
                if (Math.hypot(x - centerX, y - centerY) < radius) {
                    System.arraycopy(color, 0, samples, (y * width + x) * Picture.CHANNELS, Picture.CHANNELS);
                }
            }
        }
    }
}
