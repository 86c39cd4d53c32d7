package dev.cyclestream.trainer.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.cyclestream.picture.Picture;
import java.util.ArrayList;
import java.util.List;

/** Converts between pictures in 0 to 255 and tensors (N, 3, H, W) in [-1, 1]. */
public final class PictureTensors {

    private static final float HALF_RANGE = 127.5f;

    private PictureTensors() {}

    /** A float32 tensor (N, 3, H, W) of pictures that have one size. */
    public static NDArray toTensor(NDManager manager, List<Picture> pictures) {
        int width = pictures.get(0).width();
        int height = pictures.get(0).height();
        float[] values = new float[pictures.size() * Picture.CHANNELS * height * width];
        int next = 0;
        for (Picture picture : pictures) {
            for (int channel = 0; channel < Picture.CHANNELS; channel++) {
                for (int y = 0; y < height; y++) {
                    for (int x = 0; x < width; x++) {
                        values[next++] = picture.sample(x, y, channel) / HALF_RANGE - 1;
                    }
                }
            }
        }
        return manager.create(values, new Shape(pictures.size(), Picture.CHANNELS, height, width));
    }

    /** The pictures in a tensor (N, 3, H, W); values are rounded half to even, as ONNX rounds, and clamped. */
    public static List<Picture> toPictures(NDArray tensor) {
        int height = (int) tensor.getShape().get(2);
        int width = (int) tensor.getShape().get(3);
        float[] values = tensor.toType(DataType.FLOAT32, false).toFloatArray();
        List<Picture> pictures = new ArrayList<>();
        int plane = height * width;
        for (int image = 0; image < tensor.getShape().get(0); image++) {
            byte[] samples = new byte[plane * Picture.CHANNELS];
            int start = image * samples.length;
            for (int i = 0; i < samples.length; i++) {
                float value = values[start + (i % Picture.CHANNELS) * plane + i / Picture.CHANNELS];
                samples[i] = (byte) Math.max(0, Math.min(255, Math.rint((value + 1) * HALF_RANGE)));
            }
            pictures.add(new Picture(width, height, samples));
        }
        return pictures;
    }
}
