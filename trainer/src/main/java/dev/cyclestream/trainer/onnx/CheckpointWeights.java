package dev.cyclestream.trainer.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.cyclestream.failure.WrongSetUpException;
import dev.cyclestream.trainer.domain.Direction;
import dev.cyclestream.trainer.network.ResnetGenerator;
import dev.cyclestream.trainer.pytorch.FiniteNumbers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The learned arrays of a generator out of the checkpoint that {@link CheckpointExport} wrote, to learn on from them. */
public final class CheckpointWeights {

    private CheckpointWeights() {}

    /**
     * Reads a checkpoint of either precision.
     *
     * @param direction that the file must be of
     * @param generator that the file must hold
     * @return float32 arrays by the names of {@link dev.cyclestream.trainer.network.Network#parameterNames()}
     * @throws WrongSetUpException if the file is no checkpoint of this trainer, of another generator, or of one that
     *     diverged
     */
    public static Map<String, NDArray> read(
            Path file, Direction direction, ResnetGenerator generator, NDManager manager) throws IOException {
        ModelProto model = parse(file, direction, generator);
        Map<String, TensorProto> constants = model.getGraph().getInitializerList().stream()
                .collect(Collectors.toMap(TensorProto::getName, Function.identity()));
        Map<String, NDArray> weights = new LinkedHashMap<>();
        for (String name : generator.network().parameterNames()) {
            TensorProto tensor = constants.get(name);
            if (tensor == null) {
                throw new WrongSetUpException("%s: expected an array %s, found none".formatted(file, name));
            }
            weights.put(name, array(tensor, manager));
        }
        FiniteNumbers.missingFrom(weights).ifPresent(name -> {
            throw new WrongSetUpException("%s: expected finite numbers, found others in %s".formatted(file, name));
        });
        return weights;
    }

    /**
     * Makes sure that a file can be read.
     *
     * @throws WrongSetUpException if it is no checkpoint of this trainer, or of another direction or generator
     */
    public static void require(Path file, Direction direction, ResnetGenerator generator) throws IOException {
        parse(file, direction, generator);
    }

    /**
     * Training steps that a checkpoint's generator had learned.
     *
     * @throws WrongSetUpException if the file is no checkpoint of this trainer
     */
    public static long steps(Path file) throws IOException {
        String steps = properties(parse(file)).getOrDefault(CheckpointMetadata.STEPS, "nothing");
        if (!steps.matches("\\d{1,18}")) {
            throw new WrongSetUpException(
                    "%s: %s: expected a whole number, found %s".formatted(file, CheckpointMetadata.STEPS, steps));
        }
        return Long.parseLong(steps);
    }

    private static Map<String, String> properties(ModelProto model) {
        return model.getMetadataPropsList().stream()
                .collect(Collectors.toMap(StringStringEntryProto::getKey, StringStringEntryProto::getValue));
    }

    private static ModelProto parse(Path file, Direction direction, ResnetGenerator generator) throws IOException {
        ModelProto model = parse(file);
        Map<String, String> properties = properties(model);
        require(file, properties, CheckpointMetadata.DIRECTION, direction.name());
        require(file, properties, CheckpointMetadata.ARCHITECTURE, generator.name());
        return model;
    }

    private static ModelProto parse(Path file) throws IOException {
        try {
            return ModelProto.parseFrom(Files.readAllBytes(file));
        } catch (InvalidProtocolBufferException e) {
            throw new WrongSetUpException("%s: expected an ONNX file: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static void require(Path file, Map<String, String> properties, String key, String expected) {
        String found = properties.getOrDefault(key, "nothing");
        if (!found.equals(expected)) {
            throw new WrongSetUpException("%s: %s: expected %s, found %s".formatted(file, key, expected, found));
        }
    }

    private static NDArray array(TensorProto tensor, NDManager manager) {
        DataType type =
                tensor.getDataType() == TensorProto.DataType.FLOAT16.getNumber() ? DataType.FLOAT16 : DataType.FLOAT32;
        List<Long> dimensions = tensor.getDimsList();
        ByteBuffer bytes = ByteBuffer.wrap(tensor.getRawData().toByteArray());
        NDArray kept = manager.create(
                bytes, new Shape(dimensions.stream().mapToLong(Long::longValue).toArray()), type);
        return kept.toType(DataType.FLOAT32, false);
    }
}
