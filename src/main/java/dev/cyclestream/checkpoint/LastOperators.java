package dev.cyclestream.checkpoint;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** The range of a graph's output, as its last operators show it: a Tanh gives -1 to 1 for any input. */
final class LastOperators {

    /** They move numbers and leave them as they are. */
    private static final Set<String> MOVING =
            Set.of("Identity", "Transpose", "Reshape", "Cast", "Squeeze", "Unsqueeze");

    private static final int MOST_MOVES = 16;

    private final GraphProto graph;

    private LastOperators(GraphProto graph) {
        this.graph = graph;
    }

    static Optional<ValueRange> range(GraphProto graph) {
        return new LastOperators(graph).range(graph.getOutput(0).getName());
    }

    private Optional<ValueRange> range(String output) {
        String name = output;
        for (int moves = 0; moves < MOST_MOVES; moves++) {
            Optional<NodeProto> node = producer(name);
            if (node.isEmpty()
                    || !MOVING.contains(node.get().getOpType())
                    || node.get().getInputCount() == 0) {
                return node.flatMap(this::range);
            }
            name = node.get().getInput(0);
        }
        return Optional.empty();
    }

    private Optional<ValueRange> range(NodeProto node) {
        return switch (node.getOpType()) {
            case "Tanh" -> Optional.of(ValueRange.MINUS_ONE_TO_ONE);
            case "Sigmoid", "HardSigmoid" -> Optional.of(ValueRange.ZERO_TO_ONE);
            case "Clip" ->
                Arrays.stream(ValueRange.values())
                        .filter(range ->
                                bound(node, "min", 1) == range.darkest() && bound(node, "max", 2) == range.brightest())
                        .findFirst();
            default -> Optional.empty();
        };
    }

    private Optional<NodeProto> producer(String name) {
        return graph.getNodeList().stream()
                .filter(node -> node.getOutputList().contains(name))
                .findFirst();
    }

    /** A bound of Clip: an attribute up to operator set 10, an input since; not a number where it is not known. */
    private float bound(NodeProto clip, String attribute, int input) {
        for (AttributeProto candidate : clip.getAttributeList()) {
            if (candidate.getName().equals(attribute)) {
                return candidate.getF();
            }
        }
        if (clip.getInputCount() <= input) {
            return Float.NaN;
        }
        String name = clip.getInput(input);
        Optional<TensorProto> constant = graph.getInitializerList().stream()
                .filter(tensor -> tensor.getName().equals(name))
                .findFirst();
        return constant.or(() -> producer(name)
                        .filter(node -> node.getOpType().equals("Constant") && node.getAttributeCount() > 0)
                        .map(node -> node.getAttribute(0).getT()))
                .map(LastOperators::number)
                .orElse(Float.NaN);
    }

    private static float number(TensorProto tensor) {
        if (tensor.getDataType() != TensorProto.DataType.FLOAT.getNumber()) {
            return Float.NaN;
        }
        if (tensor.getRawData().size() == Float.BYTES) {
            return tensor.getRawData()
                    .asReadOnlyByteBuffer()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getFloat();
        }
        return tensor.getFloatDataCount() == 1 ? tensor.getFloatData(0) : Float.NaN;
    }
}
