package dev.cyclestream.image;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** How opaque each pixel of an image is: 0 (transparent) to 255, layout (height, width). Immutable. */
public final class AlphaPlane {

    static final int OPAQUE = 255;

    private final int width;
    private final int height;
    private final byte[] samples;

    /** Takes over the samples. */
    AlphaPlane(int width, int height, byte[] samples) {
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

    int at(int index) {
        return samples[index] & 0xFF;
    }

    boolean isOpaque() {
        for (byte sample : samples) {
            if (sample != (byte) OPAQUE) {
                return false;
            }
        }
        return true;
    }

    AlphaPlane resize(int newWidth, int newHeight) {
        Resampling resampling = new Resampling(new ImageSize(width, height), new ImageSize(newWidth, newHeight), 1);
        resampling.add(samples());
        return new AlphaPlane(newWidth, newHeight, resampling.samples());
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
