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
import dev.cyclestream.checkpoint.ImageGraph.Layout;
import dev.cyclestream.image.RgbImage;
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

    /**
     * How images go in and come out.
     *
     * @throws InvalidCheckpointException if the graph does not take one image tensor and give one
     */
    ImageGraph imageGraph() {
        Set<String> constants = model.getGraph().getInitializerList().stream()
                .map(TensorProto::getName)
                .collect(Collectors.toSet());
        ValueInfoProto input = single(
                "input",
                model.getGraph().getInputList().stream()
                        .filter(value -> !constants.contains(value.getName()))
                        .toList());
        ValueInfoProto output = single("output", model.getGraph().getOutputList());
        Layout layout = layout(input);
        if (output.getType().getTensorType().getElemType()
                != input.getType().getTensorType().getElemType()) {
            throw new InvalidCheckpointException(
                    "%s: expected an output of %s like the input, found %s".formatted(file, layout, describe(output)));
        }
        List<Dimension> shape = dimensions(input);
        int heightAxis = layout == Layout.BYTES ? 1 : 2;
        int height = fixed(shape.get(heightAxis));
        int width = fixed(shape.get(heightAxis + 1));
        if ((height > 0) != (width > 0)) {
            throw new InvalidCheckpointException(
                    "%s: expected height and width both fixed or both free, found %s".formatted(file, describe(input)));
        }
        return new ImageGraph(input.getName(), output.getName(), layout, fixed(shape.get(0)), height, width);
    }

    /** Name, type and shape of the inputs, then of the outputs: {@code image: uint8 [N, H, W, 3]}. */
    List<String> signature() {
        return Stream.concat(
                        model.getGraph().getInputList().stream().map(value -> "input  " + describe(value)),
                        model.getGraph().getOutputList().stream().map(value -> "output " + describe(value)))
                .toList();
    }

    private ValueInfoProto single(String role, List<ValueInfoProto> values) {
        if (values.size() != 1) {
            throw new InvalidCheckpointException("%s: expected one %s, an image, found %s"
                    .formatted(
                            file, role, values.stream().map(OnnxModel::describe).toList()));
        }
        return values.get(0);
    }

    private Layout layout(ValueInfoProto input) {
        int type = input.getType().getTensorType().getElemType();
        List<Dimension> shape = dimensions(input);
        if (shape.size() == 4) {
            if (type == TensorProto.DataType.UINT8.getNumber() && shape.get(3).getDimValue() == RgbImage.CHANNELS) {
                return Layout.BYTES;
            }
            if (type == TensorProto.DataType.FLOAT.getNumber() && shape.get(1).getDimValue() == RgbImage.CHANNELS) {
                return Layout.FLOATS;
            }
        }
        throw new InvalidCheckpointException(
                "%s: expected an input of uint8 [N, H, W, 3] or float32 [N, 3, H, W], found %s"
                        .formatted(file, describe(input)));
    }

    private static int fixed(Dimension dimension) {
        return Math.toIntExact(Math.max(0, dimension.getDimValue()));
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
