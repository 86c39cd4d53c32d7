package dev.cyclestream.inference;

import dev.cyclestream.checkpoint.ImageGraph.Layout;
import dev.cyclestream.image.RgbImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** Images of one size as the samples of a tensor, and back. */
final class ImageTensors {

    private static final float HALF_RANGE = 127.5f;
    private static final float BRIGHTEST = 255;

    private ImageTensors() {}

    /** The samples in this layout, in native byte order. */
    static ByteBuffer toSamples(List<RgbImage> images, Layout layout) {
        int samples =
                images.stream().mapToInt(image -> image.samples().remaining()).sum();
        return layout == Layout.BYTES ? toBytes(images, samples) : toFloats(images, samples);
    }

    /** Images of this size out of the samples of a tensor in this layout. */
    static List<RgbImage> toImages(ByteBuffer samples, Layout layout, int count, int width, int height) {
        List<RgbImage> images = new ArrayList<>(count);
        FloatBuffer floats = samples.order(ByteOrder.nativeOrder()).asFloatBuffer();
        for (int index = 0; index < count; index++) {
            byte[] own = new byte[height * width * RgbImage.CHANNELS];
            if (layout == Layout.BYTES) {
                samples.get(own);
            } else {
                interleave(floats, own);
            }
            images.add(new RgbImage(width, height, own));
        }
        return images;
    }

    private static ByteBuffer toBytes(List<RgbImage> images, int samples) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(samples);
        images.forEach(image -> buffer.put(image.samples()));
        return buffer.flip();
    }

    /** (H, W, 3) of 0 to 255 to (3, H, W) in [-1, 1]. */
    private static ByteBuffer toFloats(List<RgbImage> images, int samples) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(samples * Float.BYTES).order(ByteOrder.nativeOrder());
        for (RgbImage image : images) {
            ByteBuffer own = image.samples();
            for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
                for (int i = channel; i < own.limit(); i += RgbImage.CHANNELS) {
                    buffer.putFloat((own.get(i) & 0xFF) / HALF_RANGE - 1);
                }
            }
        }
        return buffer.flip();
    }

    /** (3, H, W) in [-1, 1] to (H, W, 3) of 0 to 255, rounded half to even and clamped, as our own graphs do it. */
    private static void interleave(FloatBuffer planes, byte[] samples) {
        for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
            for (int i = channel; i < samples.length; i += RgbImage.CHANNELS) {
                double value = Math.rint((planes.get() + 1) * HALF_RANGE);
                samples[i] = (byte) Math.max(0, Math.min(BRIGHTEST, value));
            }
        }
    }
}
