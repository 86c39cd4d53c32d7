package dev.cyclestream.trainer.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.cyclestream.picture.Picture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A checkpoint in ONNX Runtime on the CPU: an independent implementation to compare with. */
final class LoadedCheckpoint implements AutoCloseable {

    private final OrtEnvironment environment = OnnxEnvironment.environment();
    private final OrtSession session;

    /** Loads the bytes of an ONNX file. */
    LoadedCheckpoint(byte[] model) throws OrtException {
        session = environment.createSession(model, new OrtSession.SessionOptions());
    }

    /** Translates pictures of one size as one batch. */
    List<Picture> translate(List<Picture> pictures) throws OrtException {
        int width = pictures.get(0).width();
        int height = pictures.get(0).height();
        ByteBuffer bytes = ByteBuffer.allocateDirect(pictures.size() * height * width * Picture.CHANNELS)
                .order(ByteOrder.nativeOrder());
        pictures.forEach(picture -> bytes.put(picture.toBytes()));
        long[] shape = {pictures.size(), height, width, Picture.CHANNELS};
        try (OnnxTensor input = OnnxTensor.createTensor(environment, bytes.flip(), shape, OnnxJavaType.UINT8);
                OrtSession.Result result = session.run(Map.of(GeneratorGraph.INPUT, input))) {
            ByteBuffer translated = ((OnnxTensor) result.get(0)).getByteBuffer();
            List<Picture> outputs = new ArrayList<>();
            for (int index = 0; index < pictures.size(); index++) {
                byte[] samples = new byte[height * width * Picture.CHANNELS];
                translated.get(samples);
                outputs.add(new Picture(width, height, samples));
            }
            return outputs;
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
