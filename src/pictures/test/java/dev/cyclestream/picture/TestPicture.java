package dev.cyclestream.picture;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

/** Pictures for tests. */
final class TestPicture {

    private TestPicture() {}

    static Picture noise(int width, int height, long seed) {
        byte[] samples = new byte[width * height * Picture.CHANNELS];
        new SplittableRandom(seed).nextBytes(samples);
        return new Picture(width, height, samples);
    }

    static Picture plain(int width, int height, int brightness) {
        byte[] samples = new byte[width * height * Picture.CHANNELS];
        Arrays.fill(samples, (byte) brightness);
        return new Picture(width, height, samples);
    }

    static Picture changed(Picture picture, IntUnaryOperator change) {
        byte[] samples = picture.toBytes();
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) change.applyAsInt(samples[i] & 0xFF);
        }
        return new Picture(picture.width(), picture.height(), samples);
    }
}
