package dev.cyclestream.trainer.onnx;

import ai.djl.ndarray.NDManager;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OrtException;
import dev.cyclestream.file.WholeFile;
import dev.cyclestream.picture.Picture;
import dev.cyclestream.trainer.pytorch.FiniteNumbers;
import dev.cyclestream.trainer.pytorch.TrainableNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a trained generator as a checkpoint: one ONNX file with its metadata and a self-test inside.
 *
 * <p>Nothing is written before ONNX Runtime ran the graph and agreed with the trained network.
 */
public final class CheckpointExport {

    private static final int SELF_TEST_SIZE = 32;

    private final NDManager manager;

    public CheckpointExport(NDManager manager) {
        this.manager = manager;
    }

    /**
     * Writes the file, aside first and then renamed.
     *
     * @return how far ONNX Runtime is from the trained network, for several sizes
     * @throws CheckpointExportException if it is further than the precision allows, or does not run at all, or the generator
     *     gives no finite numbers
     */
    public List<Parity> write(Path file, TrainableNetwork generator, CheckpointMetadata metadata) throws IOException {
        FiniteNumbers.missingFrom(generator.weights()).ifPresent(name -> {
            throw new CheckpointExportException(
                    "%s: not written: expected finite numbers in the generator, found others in %s"
                            .formatted(file, name));
        });
        Map<String, String> properties = new LinkedHashMap<>(metadata.properties());
        ModelProto model = GeneratorGraph.build(generator, metadata, properties);
        List<Parity> parity;
        try (LoadedCheckpoint checkpoint = new LoadedCheckpoint(model.toByteArray())) {
            parity = Parity.measure(checkpoint, generator, manager, metadata.trainingSize());
            properties.putAll(selfTest(checkpoint));
        } catch (OrtException e) {
            throw new CheckpointExportException(file + ": ONNX Runtime does not run the graph: " + e.getMessage(), e);
        } catch (ArithmeticException e) {
            throw new CheckpointExportException("%s: not written: %s".formatted(file, e.getMessage()), e);
        }
        requireWithin(metadata.precision().tolerance(), parity, file);
        replace(file, GeneratorGraph.build(generator, metadata, properties));
        return parity;
    }

    static void requireWithin(int tolerance, List<Parity> parity, Path file) {
        for (Parity row : parity) {
            if (row.largestDifference() > tolerance) {
                throw new CheckpointExportException(
                        "%s: expected at most %d of 255 off the trained network, found %d (batch %d, %d x %d pixels)"
                                .formatted(
                                        file,
                                        tolerance,
                                        row.largestDifference(),
                                        row.batch(),
                                        row.height(),
                                        row.width()));
            }
        }
    }

    private static Map<String, String> selfTest(LoadedCheckpoint checkpoint) throws OrtException {
        List<Picture> input = TestPictures.draw(1, SELF_TEST_SIZE, SELF_TEST_SIZE);
        Picture output = checkpoint.translate(input).get(0);
        Base64.Encoder base64 = Base64.getEncoder();
        return CheckpointMetadata.selfTest(
                SELF_TEST_SIZE,
                SELF_TEST_SIZE,
                base64.encodeToString(input.get(0).toBytes()),
                base64.encodeToString(output.toBytes()));
    }

    private static void replace(Path file, ModelProto model) throws IOException {
        WholeFile.write(file, model.toByteArray());
    }
}
