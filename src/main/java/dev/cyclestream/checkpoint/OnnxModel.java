package dev.cyclestream.checkpoint;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.cyclestream.checkpoint.ImageGraph.Layout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** An ONNX file as data, looked at without running it. */
final class OnnxModel {

    private final String file;
    private final ModelProto model;
    private final Set<String> operators;

    private OnnxModel(String file, ModelProto model) {
        this.file = file;
        this.model = model;
        this.operators = ModelWalk.of(file, model);
    }

    /**
     * Parses the file.
     *
     * @throws InvalidCheckpointException if it is no ONNX model, or one that reaches outside itself
     */
    static OnnxModel parse(String file, byte[] bytes) {
        try {
            ModelProto model = ModelProto.parseFrom(bytes);
            if (!model.hasGraph()) {
                throw new InvalidCheckpointException(file + ": expected an ONNX model, found something else");
            }
            if (model.getGraph().getNodeCount() == 0) {
                throw new InvalidCheckpointException(file + ": expected a graph that does something, found no node");
            }
            return new OnnxModel(file, model);
        } catch (InvalidProtocolBufferException e) {
            throw new InvalidCheckpointException(file + ": expected an ONNX model, found something else", e);
        }
    }

    Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (StringStringEntryProto entry : model.getMetadataPropsList()) {
            metadata.put(entry.getKey(), entry.getValue());
        }
        return metadata;
    }

    /**
     * The form in which images go in and come out.
     *
     * @param layout where the graph does not show it
     * @throws InvalidCheckpointException if the graph does not take one image tensor and give one
     */
    ImageGraph imageGraph(Optional<Layout> layout) {
        return new ImageEnds(file, layout).read(model.getGraph());
    }

    /** The range of the output, where the last operators leave no other. */
    Optional<ValueRange> outputRange() {
        return LastOperators.range(model.getGraph());
    }

    /** Names of the operators, wherever they are. */
    Set<String> operators() {
        return operators;
    }

    ModelProto toProto() {
        return model;
    }

    /** Name, type and shape of the inputs, then of the outputs: {@code image: uint8 [N, H, W, 3]}. */
    List<String> signature() {
        return Stream.concat(
                        ImageEnds.inputs(model.getGraph()).stream().map(value -> "input  " + ImageEnds.describe(value)),
                        model.getGraph().getOutputList().stream().map(value -> "output " + ImageEnds.describe(value)))
                .toList();
    }
}
