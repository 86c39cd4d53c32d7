package dev.cyclestream.picture;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The opacity of each pixel of an image: 0 (transparent) to 255, layout (height, width). Immutable. */
public final class AlphaPlane {

    public static final int OPAQUE = 255;

    private static final int BRIGHTEST = 255;

    private final int width;
    private final int height;
    private final byte[] samples;

    /** Takes over the samples. */
    public AlphaPlane(int width, int height, byte[] samples) {
        if (samples.length != (long) width * height) {
            throw new IllegalArgumentException(
                    "alpha: expected %d x %d samples, found %d".formatted(height, width, samples.length));
        }
        this.width = width;
        this.height = height;
        this.samples = samples;
    }

    /** The samples, read-only and not copied. */
    public ByteBuffer samples() {
        return ByteBuffer.wrap(samples).asReadOnlyBuffer();
    }

    /** At a pixel, rows first. */
    public int at(int index) {
        return samples[index] & 0xFF;
    }

    /** True if all pixels are. */
    public boolean isOpaque() {
        for (byte sample : samples) {
            if (sample != (byte) OPAQUE) {
                return false;
            }
        }
        return true;
    }

    /** At another size; proportions are not kept. */
    public AlphaPlane resize(int newWidth, int newHeight) {
        Resampling resampling = new Resampling(new PictureSize(width, height), new PictureSize(newWidth, newHeight), 1);
        resampling.add(samples());
        return new AlphaPlane(newWidth, newHeight, resampling.samples());
    }

    /** For encoding: these colours with this alpha. Where they were laid on white, the white is taken out again. */
    public BufferedImage over(Picture colors) {
        byte[] combined = new byte[samples.length * (Picture.CHANNELS + 1)];
        ByteBuffer onWhite = colors.samples();
        int next = 0;
        for (byte sample : samples) {
            int opacity = sample & 0xFF;
            for (int channel = 0; channel < Picture.CHANNELS; channel++) {
                combined[next++] = (byte) offWhite(onWhite.get() & 0xFF, opacity);
            }
            combined[next++] = sample;
        }
        return Samples.draw(combined, width, height, Picture.CHANNELS + 1);
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
        return other instanceof AlphaPlane plane && plane.width == width && Arrays.equals(plane.samples, samples);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(samples);
    }
}
