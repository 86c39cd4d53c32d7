package dev.cyclestream.image;

import com.twelvemonkeys.image.ResampleOp;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.WritableRaster;
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
        BufferedImage plane = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        plane.getRaster().setDataElements(0, 0, width, height, samples);
        WritableRaster resized = new ResampleOp(newWidth, newHeight, ResampleOp.FILTER_MITCHELL)
                .filter(plane, new BufferedImage(newWidth, newHeight, BufferedImage.TYPE_BYTE_GRAY))
                .getRaster();
        return new AlphaPlane(newWidth, newHeight, ((DataBufferByte) resized.getDataBuffer()).getData());
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
