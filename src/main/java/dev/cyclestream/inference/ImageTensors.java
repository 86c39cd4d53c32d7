package dev.cyclestream.inference;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.util.Float16Utils;
import dev.cyclestream.checkpoint.ImageGraph.End;
import dev.cyclestream.checkpoint.ImageGraph.Layout;
import dev.cyclestream.checkpoint.ImageGraph.SampleType;
import dev.cyclestream.checkpoint.ValueRange;
import dev.cyclestream.picture.Picture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Images of one size as the samples of a tensor, and back, at one end of a graph. */
final class ImageTensors {

    private static final float BRIGHTEST = 255;

    private final End end;

    ImageTensors(End end) {
        this.end = end;
    }

    Shape shape(int count, int height, int width) {
        return end.layout() == Layout.NHWC
                ? new Shape(count, height, width, Picture.CHANNELS)
                : new Shape(count, Picture.CHANNELS, height, width);
    }

    DataType type() {
        return switch (end.type()) {
            case UINT8 -> DataType.UINT8;
            case FLOAT32 -> DataType.FLOAT32;
            case FLOAT16 -> DataType.FLOAT16;
        };
    }

    /**
     * The samples, in native byte order.
     *
     * @param range of no meaning for bytes
     */
    ByteBuffer toSamples(List<Picture> images, ValueRange range) {
        int samples =
                images.stream().mapToInt(image -> image.samples().remaining()).sum();
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(samples * type().getNumOfBytes()).order(ByteOrder.nativeOrder());
        for (Picture image : images) {
            ByteBuffer own = image.samples();
            if (end.type() == SampleType.UINT8) {
                buffer.put(own);
            } else {
                for (int i = 0; i < own.limit(); i++) {
                    put(buffer, (own.get(position(i, own.limit())) & 0xFF) * range.step() + range.darkest());
                }
            }
        }
        return buffer.flip();
    }

    /** The numbers of a tensor of floats, each image as (H, W, 3). */
    float[] toNumbers(ByteBuffer samples, int count, int width, int height) {
        int size = height * width * Picture.CHANNELS;
        float[] numbers = new float[count * size];
        samples.order(ByteOrder.nativeOrder());
        for (int index = 0; index < count; index++) {
            for (int i = 0; i < size; i++) {
                numbers[index * size + position(i, size)] = end.type() == SampleType.FLOAT16
                        ? Float16Utils.halfToFloat(samples.getShort())
                        : samples.getFloat();
            }
        }
        return numbers;
    }

    /**
     * Images of this size out of the samples of a tensor; floats are rounded half to even and clamped, as our own graphs do it.
     *
     * @throws GeneratorFailedException if one of them is not a number
     */
    List<Picture> toImages(ByteBuffer samples, ValueRange range, int count, int width, int height) {
        List<Picture> images = new ArrayList<>(count);
        int size = height * width * Picture.CHANNELS;
        float[] numbers = end.type() == SampleType.UINT8 ? new float[0] : toNumbers(samples, count, width, height);
        for (int index = 0; index < count; index++) {
            byte[] own = new byte[size];
            if (end.type() == SampleType.UINT8) {
                samples.get(own);
            } else {
                for (int i = 0; i < size; i++) {
                    own[i] = toByte(numbers[index * size + i], range);
                }
            }
            images.add(new Picture(width, height, own));
        }
        return images;
    }

    /** The index in (H, W, 3) of the sample that comes as number {@code i} of an image. */
    private int position(int i, int size) {
        if (end.layout() == Layout.NHWC) {
            return i;
        }
        int plane = size / Picture.CHANNELS;
        return i % plane * Picture.CHANNELS + i / plane;
    }

    private void put(ByteBuffer buffer, float value) {
        if (end.type() == SampleType.FLOAT16) {
            buffer.putShort(Float16Utils.floatToHalf(value));
        } else {
            buffer.putFloat(value);
        }
    }

    private static byte toByte(float value, ValueRange range) {
        if (Float.isNaN(value) || Float.isInfinite(value)) {
            throw new GeneratorFailedException("expected numbers, found " + value);
        }
        double sample = Math.rint((value - range.darkest()) / range.step());
        return (byte) Math.max(0, Math.min(BRIGHTEST, sample));
    }
}
