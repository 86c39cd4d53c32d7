package dev.cyclestream.trainer.data;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A picture in memory: 8-bit sRGB, no alpha. Immutable. */
public final class Picture {

    /** Numbers a pixel. */
    public static final int CHANNELS = 3;

    private final int width;
    private final int height;
    private final byte[] samples;

    /**
     * Takes over the samples.
     *
     * @param samples unsigned bytes in layout (height, width, RGB)
     */
    public Picture(int width, int height, byte[] samples) {
        if (width < 1 || height < 1 || samples.length != width * height * CHANNELS) {
            throw new IllegalArgumentException(
                    "picture: expected %d x %d x 3 samples, found %d".formatted(height, width, samples.length));
        }
        this.width = width;
        this.height = height;
        this.samples = samples;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** A sample in 0 to 255; channel 0 is red. */
    public int sample(int x, int y, int channel) {
        return samples[(y * width + x) * CHANNELS + channel] & 0xFF;
    }

    /** A copy of all samples, layout (height, width, RGB). */
    public byte[] toBytes() {
        return samples.clone();
    }

    /** The part of the picture with this corner and size. */
    public Picture crop(int left, int top, int cropWidth, int cropHeight) {
        byte[] part = new byte[cropWidth * cropHeight * CHANNELS];
        for (int y = 0; y < cropHeight; y++) {
            int from = ((top + y) * width + left) * CHANNELS;
            System.arraycopy(samples, from, part, y * cropWidth * CHANNELS, cropWidth * CHANNELS);
        }
        return new Picture(cropWidth, cropHeight, part);
    }

    /** At another size, by an antialiased bicubic filter; proportions are not kept. */
    public Picture resize(int newWidth, int newHeight) {
        return BicubicResampler.resize(this, newWidth, newHeight);
    }

    /** Moved right and down by so many pixels, less than the picture is large; what becomes free repeats the border. */
    public Picture shift(int right, int down) {
        byte[] moved = new byte[samples.length];
        int next = 0;
        for (int y = 0; y < height; y++) {
            int fromY = Math.max(0, Math.min(height - 1, y - down));
            for (int x = 0; x < width; x++) {
                int fromX = Math.max(0, Math.min(width - 1, x - right));
                System.arraycopy(samples, (fromY * width + fromX) * CHANNELS, moved, next, CHANNELS);
                next += CHANNELS;
            }
        }
        return new Picture(width, height, moved);
    }

    /** Whether all pixels have one colour. */
    public boolean isConstant() {
        for (int i = CHANNELS; i < samples.length; i++) {
            if (samples[i] != samples[i - CHANNELS]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the other picture is as wide and as high. */
    public boolean hasSizeOf(Picture other) {
        return other.width == width && other.height == height;
    }

    /** Mirrored left to right. */
    public Picture flip() {
        byte[] mirrored = new byte[samples.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int from = (y * width + x) * CHANNELS;
                System.arraycopy(samples, from, mirrored, (y * width + width - 1 - x) * CHANNELS, CHANNELS);
            }
        }
        return new Picture(width, height, mirrored);
    }

    /** The largest difference of any sample to the same sample of a picture of the same size, 0 to 255. */
    public int largestDifference(Picture other) {
        return differences(other).max().orElse(0);
    }

    /** The mean difference of all samples to those of a picture of the same size, 0 to 255. */
    public double meanDifference(Picture other) {
        return differences(other).average().orElse(0);
    }

    private IntStream differences(Picture other) {
        if (!hasSizeOf(other)) {
            throw new IllegalArgumentException(
                    "pictures: expected %d x %d, found %d x %d".formatted(width, height, other.width, other.height));
        }
        return IntStream.range(0, samples.length).map(i -> Math.abs((samples[i] & 0xFF) - (other.samples[i] & 0xFF)));
    }

    /** For drawing: a copy of type {@link BufferedImage#TYPE_INT_RGB}. */
    public BufferedImage toBufferedImage() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, (sample(x, y, 0) << 16) | (sample(x, y, 1) << 8) | sample(x, y, 2));
            }
        }
        return image;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Picture picture
                && picture.width == width
                && picture.height == height
                && Arrays.equals(picture.samples, samples);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(samples);
    }

    @Override
    public String toString() {
        return "Picture[%d x %d]".formatted(width, height);
    }
}
