package dev.cyclestream.trainer.onnx;

import dev.cyclestream.picture.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Coloured patches and noise for self-tests and comparisons: the same on every machine, alike in every size. */
final class TestPictures {

    private static final long SEED = 20170330; // the day the paper appeared
    private static final int PATCH = 8;
    private static final int NOISE = 24;

    private TestPictures() {}

    /** Different pictures of one size. */
    static List<Picture> draw(int count, int width, int height) {
        SplittableRandom random = new SplittableRandom(SEED);
        List<Picture> pictures = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            pictures.add(draw(width, height, random));
        }
        return pictures;
    }

    private static Picture draw(int width, int height, SplittableRandom random) {
        int columns = width / PATCH + 1;
        byte[] colors = new byte[columns * (height / PATCH + 1) * Picture.CHANNELS];
        random.nextBytes(colors);
        byte[] samples = new byte[width * height * Picture.CHANNELS];
        int next = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int patch = y / PATCH * columns + x / PATCH;
                for (int channel = 0; channel < Picture.CHANNELS; channel++) {
                    int color = colors[patch * Picture.CHANNELS + channel] & 0xFF;
                    int noisy = color + random.nextInt(-NOISE, NOISE + 1);
                    samples[next++] = (byte) Math.max(0, Math.min(255, noisy));
                }
            }
        }
        return new Picture(width, height, samples);
    }
}
