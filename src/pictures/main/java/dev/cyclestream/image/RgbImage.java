package dev.cyclestream.image;

import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A decoded image: 8-bit sRGB without alpha, layout (height, width, RGB). Immutable. */
public final class RgbImage {

    /** Samples a pixel. */
    public static final int CHANNELS = 3;

    private static final int BRIGHTEST = 255;

    private final int width;
    private final int height;
    private final byte[] samples;

    /**
     * Takes over the samples.
     *
     * @param samples unsigned bytes, {@code height * width * 3} of them
     */
    public RgbImage(int width, int height, byte[] samples) {
        if (width < 1 || height < 1 || samples.length != (long) width * height * CHANNELS) {
            throw new IllegalArgumentException(
                    "image: expected %d x %d x 3 samples, found %d".formatted(height, width, samples.length));
        }
        this.width = width;
        this.height = height;
        this.samples = samples;
    }

    /** Copies a drawn picture of any type; alpha is dropped. */
    public static RgbImage of(BufferedImage drawn) {
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
        return new RgbImage(drawn.getWidth(), drawn.getHeight(), samples);
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

    /** Shrunk so that no side is longer than this, proportions kept; smaller images stay as they are. */
    public RgbImage fit(int longestSide) {
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
    public RgbImage resize(int newWidth, int newHeight) {
        if (newWidth == width && newHeight == height) {
            return this;
        }
        Resampling resampling =
                new Resampling(new ImageSize(width, height), new ImageSize(newWidth, newHeight), CHANNELS);
        resampling.add(samples());
        return new RgbImage(newWidth, newHeight, resampling.samples());
    }

    /** Continued at the right and bottom by its mirror image, the border itself excluded, and that by its own, to a size. */
    public RgbImage mirrorTo(int newWidth, int newHeight) {
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
        return new RgbImage(newWidth, newHeight, padded);
    }

    private static int mirror(int position, int size) {
        if (size == 1) {
            return 0;
        }
        int there = position % (2 * (size - 1));
        return there < size ? there : 2 * (size - 1) - there;
    }

    /** The top left part of this size. */
    public RgbImage crop(int newWidth, int newHeight) {
        if (newWidth == width && newHeight == height) {
            return this;
        }
        byte[] part = new byte[newWidth * newHeight * CHANNELS];
        for (int y = 0; y < newHeight; y++) {
            System.arraycopy(samples, y * width * CHANNELS, part, y * newWidth * CHANNELS, newWidth * CHANNELS);
        }
        return new RgbImage(newWidth, newHeight, part);
    }

    /** The largest difference of any sample to the same sample of an image of the same size, 0 to 255. */
    public int largestDifference(RgbImage other) {
        if (other.width != width || other.height != height) {
            throw new IllegalArgumentException("images: expected %d x %d pixels, found %d x %d"
                    .formatted(width, height, other.width, other.height));
        }
        int largest = 0;
        for (int i = 0; i < samples.length; i++) {
            largest = Math.max(largest, Math.abs((samples[i] & 0xFF) - (other.samples[i] & 0xFF)));
        }
        return largest;
    }

    /** For drawing and encoding: shares the samples, so it is not to be drawn on. */
    public BufferedImage toBufferedImage() {
        return buffered(samples, CHANNELS);
    }

    private BufferedImage buffered(byte[] interleaved, int bands) {
        WritableRaster raster = Raster.createInterleavedRaster(
                new DataBufferByte(interleaved, interleaved.length),
                width,
                height,
                width * bands,
                bands,
                IntStream.range(0, bands).toArray(),
                null);
        boolean hasAlpha = bands > CHANNELS;
        ComponentColorModel colors = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB),
                hasAlpha,
                false,
                hasAlpha ? ComponentColorModel.TRANSLUCENT : ComponentColorModel.OPAQUE,
                DataBuffer.TYPE_BYTE);
        return new BufferedImage(colors, raster, false, null);
    }

    /** For encoding: these colours over that alpha. Where they were laid on white, the white is taken out again. */
    BufferedImage withAlpha(AlphaPlane alpha) {
        byte[] combined = new byte[width * height * (CHANNELS + 1)];
        for (int pixel = 0; pixel < width * height; pixel++) {
            int opacity = alpha.at(pixel);
            for (int channel = 0; channel < CHANNELS; channel++) {
                int onWhite = samples[pixel * CHANNELS + channel] & 0xFF;
                combined[pixel * (CHANNELS + 1) + channel] = (byte) offWhite(onWhite, opacity);
            }
            combined[pixel * (CHANNELS + 1) + CHANNELS] = (byte) opacity;
        }
        return buffered(combined, CHANNELS + 1);
    }

    /** The colour that gives this one when it is laid on white with this opacity, or the nearest that there is. */
    private static int offWhite(int onWhite, int opacity) {
        if (opacity == 0) {
            return BRIGHTEST;
        }
        return Math.max(0, BRIGHTEST - Math.round((BRIGHTEST - onWhite) * (float) BRIGHTEST / opacity));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RgbImage image
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
        return "RgbImage[%d x %d]".formatted(width, height);
    }
}
