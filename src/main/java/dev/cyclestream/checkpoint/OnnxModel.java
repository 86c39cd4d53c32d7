package dev.cyclestream.checkpoint;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An ONNX file as data, looked at without running it. */
final class OnnxModel {

    private static final Set<String> STANDARD_DOMAINS = Set.of("", "ai.onnx");

    private final String file;
    private final ModelProto model;

    private OnnxModel(String file, ModelProto model) {
        this.file = file;
        this.model = model;
    }

    /**
     * Parses the file.
     *
     * @throws InvalidCheckpointException if it is no ONNX model, or one that reaches outside itself
     */
    static OnnxModel parse(String file, byte[] bytes) {
        try {
            OnnxModel parsed = new OnnxModel(file, ModelProto.parseFrom(bytes));
            if (!parsed.model.hasGraph()) {
                throw new InvalidCheckpointException(file + ": expected an ONNX model, found something else");
            }
            parsed.requireSelfContained(parsed.model.getGraph());
            return parsed;
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

    /** Requires one input and one output of these names: uint8 images with three channels last. */
    void requireImageToImage(String input, String output) {
        Set<String> constants = model.getGraph().getInitializerList().stream()
                .map(TensorProto::getName)
                .collect(Collectors.toSet());
        List<ValueInfoProto> inputs = model.getGraph().getInputList().stream()
                .filter(value -> !constants.contains(value.getName()))
                .toList();
        requireImage("input", input, inputs);
        requireImage("output", output, model.getGraph().getOutputList());
    }

    /** Name, type and shape of the inputs, then of the outputs: {@code image: uint8 [N, H, W, 3]}. */
    List<String> signature() {
        return Stream.concat(
                        model.getGraph().getInputList().stream().map(value -> "input  " + describe(value)),
                        model.getGraph().getOutputList().stream().map(value -> "output " + describe(value)))
                .toList();
    }

    private void requireImage(String role, String name, List<ValueInfoProto> values) {
        String expected = "%s \"%s\" of uint8 [N, H, W, 3]".formatted(role, name);
        if (values.size() != 1 || !values.get(0).getName().equals(name)) {
            throw new InvalidCheckpointException("%s: expected one %s, found %s"
                    .formatted(
                            file,
                            expected,
                            values.stream().map(OnnxModel::describe).toList()));
        }
        ValueInfoProto value = values.get(0);
        List<Dimension> shape = dimensions(value);
        boolean image = value.getType().getTensorType().getElemType() == TensorProto.DataType.UINT8.getNumber()
                && shape.size() == 4
                && shape.get(3).getDimValue() == 3;
        if (!image) {
            throw new InvalidCheckpointException(
                    "%s: expected %s, found %s".formatted(file, expected, describe(value)));
        }
    }

    /** ONNX Runtime would read the files that external data name, and run operators that others registered. */
    private void requireSelfContained(GraphProto graph) {
        graph.getInitializerList().forEach(this::requireEmbedded);
        for (NodeProto node : graph.getNodeList()) {
            if (!STANDARD_DOMAINS.contains(node.getDomain())) {
                throw new InvalidCheckpointException("%s: node \"%s\": expected a standard ONNX operator, found %s::%s"
                        .formatted(file, node.getName(), node.getDomain(), node.getOpType()));
            }
            for (AttributeProto attribute : node.getAttributeList()) {
                requireEmbedded(attribute.getT());
                attribute.getTensorsList().forEach(this::requireEmbedded);
                requireSelfContained(attribute.getG());
                attribute.getGraphsList().forEach(this::requireSelfContained);
            }
        }
    }

    private void requireEmbedded(TensorProto tensor) {
        if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL || tensor.getExternalDataCount() > 0) {
            throw new InvalidCheckpointException(
                    "%s: tensor \"%s\": expected its data inside the file, found a reference to another file"
                            .formatted(file, tensor.getName()));
        }
    }

    private static String describe(ValueInfoProto value) {
        TensorProto.DataType type =
                TensorProto.DataType.forNumber(value.getType().getTensorType().getElemType());
        String shape = dimensions(value).stream()
                .map(dimension ->
                        dimension.hasDimValue() ? Long.toString(dimension.getDimValue()) : dimension.getDimParam())
                .collect(Collectors.joining(", ", "[", "]"));
        return "\"%s\": %s %s"
                .formatted(
                        value.getName(),
                        type == null ? "unknown type" : type.name().toLowerCase(Locale.ROOT),
                        shape);
    }

    private static List<Dimension> dimensions(ValueInfoProto value) {
        return value.getType().getTensorType().getShape().getDimList();
    }
}
