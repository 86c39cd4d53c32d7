package dev.cyclestream.picture;

import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A picture in memory: 8-bit sRGB without alpha, layout (height, width, RGB). Immutable. */
public final class Picture {

    /** Samples a pixel. */
    public static final int CHANNELS = 3;

    private final int width;
    private final int height;
    private final byte[] samples;

    /**
     * Takes over the samples.
     *
     * @param samples unsigned bytes, {@code height * width * 3} of them
     */
    public Picture(int width, int height, byte[] samples) {
        if (width < 1 || height < 1 || samples.length != (long) width * height * CHANNELS) {
            throw new IllegalArgumentException(
                    "picture: expected %d x %d x 3 samples, found %d".formatted(height, width, samples.length));
        }
        this.width = width;
        this.height = height;
        this.samples = samples;
    }

    /** Copies a drawn picture of any type; alpha is dropped. */
    public static Picture of(BufferedImage drawn) {
        byte[] samples = new byte[drawn.getWidth() * drawn.getHeight() * CHANNELS];
        int next = 0;
        for (int y = 0; y < drawn.getHeight(); y++) {
            for (int x = 0; x < drawn.getWidth(); x++) {
                int rgb = drawn.getRGB(x, y);
                samples[next++] = (byte) (rgb >> 16);
                samples[next++] = (byte) (rgb >> 8);
                samples[next++] = (byte) rgb;
            }
        }
        return new Picture(drawn.getWidth(), drawn.getHeight(), samples);
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** The samples, read-only and not copied. */
    public ByteBuffer samples() {
        return ByteBuffer.wrap(samples).asReadOnlyBuffer();
    }

    /** A copy of all samples. */
    public byte[] toBytes() {
        return samples.clone();
    }

    /** A sample in 0 to 255; channel 0 is red. */
    public int sample(int x, int y, int channel) {
        return samples[(y * width + x) * CHANNELS + channel] & 0xFF;
    }

    /** True if the other picture is as wide and as high. */
    public boolean hasSizeOf(Picture other) {
        return other.width == width && other.height == height;
    }

    /** True if all pixels have one colour. */
    public boolean isConstant() {
        for (int i = CHANNELS; i < samples.length; i++) {
            if (samples[i] != samples[i - CHANNELS]) {
                return false;
            }
        }
        return true;
    }

    /** Shrunk so that no side is longer than this, proportions kept; smaller images stay as they are. */
    public Picture fit(int longestSide) {
        double scale = (double) longestSide / Math.max(width, height);
        if (scale >= 1) {
            return this;
        }
        int fittedWidth = (int) Math.max(1, Math.round(width * scale));
        int fittedHeight = (int) Math.max(1, Math.round(height * scale));
        BufferedImage fitted = new BufferedImage(fittedWidth, fittedHeight, BufferedImage.TYPE_INT_RGB);
        Image averaged = toBufferedImage().getScaledInstance(fittedWidth, fittedHeight, Image.SCALE_AREA_AVERAGING);
        Graphics2D graphics = fitted.createGraphics();
        graphics.drawImage(averaged, 0, 0, null);
        graphics.dispose();
        return of(fitted);
    }

    /** At another size, by an antialiased filter (Mitchell); proportions are not kept. */
    public Picture resize(int newWidth, int newHeight) {
        if (newWidth == width && newHeight == height) {
            return this;
        }
        Resampling resampling =
                new Resampling(new PictureSize(width, height), new PictureSize(newWidth, newHeight), CHANNELS);
        resampling.add(samples());
        return new Picture(newWidth, newHeight, resampling.samples());
    }

    /** Continued at the right and bottom by its mirror image, the border itself excluded, and that by its own, to a size. */
    public Picture mirrorTo(int newWidth, int newHeight) {
        if (newWidth == width && newHeight == height) {
            return this;
        }
        byte[] padded = new byte[newWidth * newHeight * CHANNELS];
        int next = 0;
        for (int y = 0; y < newHeight; y++) {
            for (int x = 0; x < newWidth; x++) {
                int from = (mirror(y, height) * width + mirror(x, width)) * CHANNELS;
                System.arraycopy(samples, from, padded, next, CHANNELS);
                next += CHANNELS;
            }
        }
        return new Picture(newWidth, newHeight, padded);
    }

    private static int mirror(int position, int size) {
        if (size == 1) {
            return 0;
        }
        int there = position % (2 * (size - 1));
        return there < size ? there : 2 * (size - 1) - there;
    }

    /** The top left part of this size. */
    public Picture crop(int newWidth, int newHeight) {
        return newWidth == width && newHeight == height ? this : crop(0, 0, newWidth, newHeight);
    }

    /** The part with this corner and size. */
    public Picture crop(int left, int top, int newWidth, int newHeight) {
        byte[] part = new byte[newWidth * newHeight * CHANNELS];
        for (int y = 0; y < newHeight; y++) {
            int from = ((top + y) * width + left) * CHANNELS;
            System.arraycopy(samples, from, part, y * newWidth * CHANNELS, newWidth * CHANNELS);
        }
        return new Picture(newWidth, newHeight, part);
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
        requireSizeOf(other);
        int largest = 0;
        for (int i = 0; i < samples.length; i++) {
            largest = Math.max(largest, difference(other, i));
        }
        return largest;
    }

    /** The mean difference of all samples to those of a picture of the same size, 0 to 255. */
    public double meanDifference(Picture other) {
        requireSizeOf(other);
        long sum = 0;
        for (int i = 0; i < samples.length; i++) {
            sum += difference(other, i);
        }
        return (double) sum / samples.length;
    }

    private int difference(Picture other, int index) {
        return Math.abs((samples[index] & 0xFF) - (other.samples[index] & 0xFF));
    }

    private void requireSizeOf(Picture other) {
        if (!hasSizeOf(other)) {
            throw new IllegalArgumentException("pictures: expected %d x %d pixels, found %d x %d"
                    .formatted(width, height, other.width, other.height));
        }
    }

    /** For drawing and encoding: shares the samples, so it is not to be drawn on. */
    public BufferedImage toBufferedImage() {
        return Samples.draw(samples, width, height, CHANNELS);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Picture image
                && image.width == width
                && image.height == height
                && Arrays.equals(image.samples, samples);
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
