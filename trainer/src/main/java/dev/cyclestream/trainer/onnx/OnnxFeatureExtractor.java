package dev.cyclestream.trainer.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.cyclestream.picture.BicubicResampler;
import dev.cyclestream.picture.Picture;
import dev.cyclestream.trainer.data.InvalidDataException;
import dev.cyclestream.trainer.evaluation.FeatureExtractor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A user's network that turns pictures into features, such as Inception without its last layer. Owns the session.
 *
 * <p>Its one input is float32 (N, 3, H, W) with samples in [-1, 1], or uint8 (N, H, W, 3); pictures are resized where H and W
 * are fixed. Its first output is float32 (N, D), or (N, D, h, w), of which the mean over h and w is taken.
 */
public final class OnnxFeatureExtractor implements FeatureExtractor, AutoCloseable {

    private static final float HALF_RANGE = 127.5f;

    private final Path file;
    private final OrtEnvironment environment = OnnxEnvironment.environment();
    private final OrtSession session;
    private final String inputName;
    private final boolean bytes;
    private final long fixedHeight;
    private final long fixedWidth;

    /**
     * Opens the file.
     *
     * @throws InvalidDataException if it is no such network
     */
    public OnnxFeatureExtractor(Path file) {
        this.file = file;
        try {
            session = environment.createSession(file.toString(), new OrtSession.SessionOptions());
            NodeInfo input = session.getInputInfo().values().iterator().next();
            inputName = input.getName();
            TensorInfo info = (TensorInfo) input.getInfo();
            bytes = info.type == OnnxJavaType.UINT8;
            long[] shape = info.getShape();
            if (shape.length != 4 || !(bytes || info.type == OnnxJavaType.FLOAT)) {
                throw new InvalidDataException(
                        "%s: expected an input float32 [N, 3, H, W] or uint8 [N, H, W, 3], found %s"
                                .formatted(file, info));
            }
            fixedHeight = shape[bytes ? 1 : 2];
            fixedWidth = shape[bytes ? 2 : 3];
        } catch (OrtException e) {
            throw new InvalidDataException(file + ": is no network that ONNX Runtime runs: " + e.getMessage(), e);
        }
    }

    @Override
    public List<double[]> features(List<Picture> pictures) {
        List<double[]> rows = new ArrayList<>();
        for (Picture picture : pictures) {
            rows.add(features(picture));
        }
        return rows;
    }

    private double[] features(Picture picture) {
        Picture fitting = BicubicResampler.resize(
                picture,
                fixedWidth > 0 ? (int) fixedWidth : picture.width(),
                fixedHeight > 0 ? (int) fixedHeight : picture.height());
        try (OnnxTensor input = bytes ? byteTensor(fitting) : floatTensor(fitting);
                OrtSession.Result result = session.run(Map.of(inputName, input))) {
            OnnxTensor output = (OnnxTensor) result.get(0);
            return meanOverPlaces(output.getFloatBuffer(), output.getInfo().getShape());
        } catch (OrtException e) {
            throw new InvalidDataException(file + ": gives no features: " + e.getMessage(), e);
        }
    }

    private OnnxTensor byteTensor(Picture picture) throws OrtException {
        byte[] samples = picture.toBytes();
        ByteBuffer buffer = ByteBuffer.allocateDirect(samples.length).order(ByteOrder.nativeOrder());
        long[] shape = {1, picture.height(), picture.width(), Picture.CHANNELS};
        return OnnxTensor.createTensor(environment, buffer.put(samples).flip(), shape, OnnxJavaType.UINT8);
    }

    private OnnxTensor floatTensor(Picture picture) throws OrtException {
        FloatBuffer buffer = FloatBuffer.allocate(Picture.CHANNELS * picture.height() * picture.width());
        for (int channel = 0; channel < Picture.CHANNELS; channel++) {
            for (int y = 0; y < picture.height(); y++) {
                for (int x = 0; x < picture.width(); x++) {
                    buffer.put(picture.sample(x, y, channel) / HALF_RANGE - 1);
                }
            }
        }
        long[] shape = {1, Picture.CHANNELS, picture.height(), picture.width()};
        return OnnxTensor.createTensor(environment, buffer.flip(), shape);
    }

    private static double[] meanOverPlaces(FloatBuffer values, long[] shape) {
        int features = (int) shape[1];
        double[] row = new double[features];
        int places = values.remaining() / features;
        for (int index = 0; values.hasRemaining(); index++) {
            row[index / places] += values.get() / places;
        }
        return row;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
