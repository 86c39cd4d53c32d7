package dev.cyclestream.checkpoint;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.cyclestream.checkpoint.ImageGraph.Layout;
import dev.cyclestream.checkpoint.ImageGraph.SampleType;
import dev.cyclestream.picture.Picture;
import java.util.List;
import java.util.Map;

/**
 * A generator of others as a graph of our own form: uint8 (N, H, W, 3) at both ends, and between them, inside, all that is
 * otherwise done around it. Its own nodes stay as they are, and so does its operator set; ours are those that it has.
 */
final class AdoptedGraph {

    private static final String PREFIX = "cyclestream.";
    private static final int FIRST_SET_WITH_RANGE = 11;
    private static final List<Long> TO_NCHW = List.of(0L, 3L, 1L, 2L);
    private static final List<Long> TO_NHWC = List.of(0L, 2L, 3L, 1L);

    private final ImageGraph ends;
    private final ValueRange in;
    private final ValueRange out;
    private final int multipleOf;
    private final long operatorSet;
    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private int names;

    private AdoptedGraph(ImageGraph ends, ValueRange in, ValueRange out, int multipleOf, long operatorSet) {
        this.ends = ends;
        this.in = in;
        this.out = out;
        this.multipleOf = multipleOf;
        this.operatorSet = operatorSet;
    }

    /**
     * Builds the model.
     *
     * @param form ranges, and the multiple to which the graph itself mirrors images on, unless it has one size
     * @throws InvalidCheckpointException if its operator set has no nodes for that
     */
    static ModelProto build(
            String file, ModelProto model, ImageGraph ends, GivenForm form, Map<String, String> metadata) {
        int multipleOf = ends.hasFixedSize() ? 1 : form.multipleOf().orElseThrow();
        long operatorSet = operatorSet(model);
        if (multipleOf > 1 && operatorSet < FIRST_SET_WITH_RANGE) {
            throw new InvalidCheckpointException(
                    "%s: expected operator set %d or newer, in which a graph can mirror images on to multiples of %d, found %d; export it again, or convert it with onnx.version_converter"
                            .formatted(file, FIRST_SET_WITH_RANGE, multipleOf, operatorSet));
        }
        AdoptedGraph adopted = new AdoptedGraph(
                ends, form.valueRange().orElseThrow(), form.outputRange().orElseThrow(), multipleOf, operatorSet);
        ModelProto.Builder result = model.toBuilder().setGraph(adopted.around(model.getGraph()));
        result.clearMetadataProps();
        metadata.forEach((key, value) -> result.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return result.build();
    }

    private static long operatorSet(ModelProto model) {
        return model.getOpsetImportList().stream()
                .filter(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx"))
                .mapToLong(OperatorSetIdProto::getVersion)
                .max()
                .orElse(1);
    }

    private GraphProto around(GraphProto original) {
        String image = PREFIX + "image";
        String size = multipleOf > 1 ? before(image) : beforeWithoutSize(image);
        graph.addAllNode(original.getNodeList());
        after(size);
        GraphProto.Builder whole = original.toBuilder().clearNode().addAllNode(graph.getNodeList());
        whole.clearInput().clearOutput();
        whole.addInput(end(image)).addOutput(end(PREFIX + "translated"));
        original.getInputList().stream()
                .filter(value -> !value.getName().equals(ends.input().name()))
                .forEach(whole::addInput); // weights, up to IR 3
        return whole.build();
    }

    /** All that is done to the bytes before the generator; returns the name of height and width. */
    private String before(String image) {
        String shape = node("Shape", List.of(image));
        String size = node("Gather", List.of(shape, integers(1, 2)), attribute("axis", 0));
        int heightAxis = ends.input().layout().heightAxis();
        String mirrored = scaled(image);
        for (int axis = 0; axis < 2; axis++) {
            String length = node("Slice", List.of(size, integers(axis), integers(axis + 1L)));
            mirrored = node(
                    "Gather",
                    List.of(mirrored, mirroredPositions(length)),
                    attribute("axis", (long) heightAxis + axis));
        }
        toGenerator(mirrored);
        return size;
    }

    private String beforeWithoutSize(String image) {
        toGenerator(scaled(image));
        return "";
    }

    private String scaled(String image) {
        String floats = node("Cast", List.of(image), attribute("to", DataType.FLOAT.getNumber()));
        String laidOut = ends.input().layout() == Layout.NCHW
                ? node("Transpose", List.of(floats), attribute("perm", TO_NCHW))
                : floats;
        String stretched = node("Mul", List.of(laidOut, number(in.step())));
        return node("Add", List.of(stretched, number(in.darkest())));
    }

    private void toGenerator(String samples) {
        DataType type = ends.input().type() == SampleType.FLOAT16 ? DataType.FLOAT16 : DataType.FLOAT;
        named("Cast", ends.input().name(), List.of(samples), attribute("to", type.getNumber()));
    }

    /** 0, 1, ..., last, last - 1, ... up to a multiple: int64 of as many positions. */
    private String mirroredPositions(String length) {
        // Mod takes the sign of the divisor: -61 mod 4 = 3.
        String missing = node("Mod", List.of(node("Neg", List.of(length)), integers(multipleOf)));
        String padded = scalar(node("Add", List.of(length, missing)));
        String positions = node("Range", List.of(integer(0), padded, integer(1)));
        String last = node("Sub", List.of(length, integers(1)));
        String there = node("Mod", List.of(positions, node("Add", List.of(last, last))));
        String fromLast = node("Abs", List.of(node("Sub", List.of(there, last))));
        return node("Sub", List.of(last, fromLast));
    }

    private String scalar(String vector) {
        return node("Gather", List.of(vector, integer(0)), attribute("axis", 0));
    }

    /** All that is done to what the generator gives, rounded half to even and clamped. */
    private void after(String size) {
        Layout layout = ends.output().layout();
        String floats = node("Cast", List.of(ends.output().name()), attribute("to", DataType.FLOAT.getNumber()));
        String cropped = size.isEmpty()
                ? floats
                : node(
                        "Slice",
                        List.of(floats, integers(0, 0), size, integers(layout.heightAxis(), layout.heightAxis() + 1L)));
        String interleaved =
                layout == Layout.NCHW ? node("Transpose", List.of(cropped), attribute("perm", TO_NHWC)) : cropped;
        String raised = node("Sub", List.of(interleaved, number(out.darkest())));
        String samples = clamped(rounded(node("Div", List.of(raised, number(out.step())))));
        named("Cast", PREFIX + "translated", List.of(samples), attribute("to", DataType.UINT8.getNumber()));
    }

    private String rounded(String samples) {
        return operatorSet < FIRST_SET_WITH_RANGE
                ? node("Floor", List.of(node("Add", List.of(samples, number(0.5f)))))
                : node("Round", List.of(samples));
    }

    private String clamped(String samples) {
        return operatorSet < FIRST_SET_WITH_RANGE
                ? node("Clip", List.of(samples), attribute("min", 0f), attribute("max", 255f))
                : node("Clip", List.of(samples, number(0), number(255)));
    }

    private String node(String operator, List<String> inputs, AttributeProto... attributes) {
        return named(operator, PREFIX + names++, inputs, attributes);
    }

    private String named(String operator, String output, List<String> inputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setName(PREFIX + output)
                .setOpType(operator)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes)));
        return output;
    }

    private String number(float value) {
        return constant(
                TensorProto.newBuilder().setDataType(DataType.FLOAT.getNumber()).addFloatData(value));
    }

    private String integer(long value) {
        return constant(
                TensorProto.newBuilder().setDataType(DataType.INT64.getNumber()).addInt64Data(value));
    }

    private String integers(long... values) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setDataType(DataType.INT64.getNumber()).addDims(values.length);
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        return constant(tensor);
    }

    /** A node, since up to IR 3 an initializer would have to be an input, too. */
    private String constant(TensorProto.Builder tensor) {
        AttributeProto value = AttributeProto.newBuilder()
                .setName("value")
                .setType(AttributeProto.AttributeType.TENSOR)
                .setT(tensor)
                .build();
        return node("Constant", List.of(), value);
    }

    private static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    private static AttributeProto attribute(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    private static AttributeProto attribute(String name, List<Long> values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INTS)
                .addAllInts(values)
                .build();
    }

    private ValueInfoProto end(String name) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        addDimension(shape, ends.batch(), "N");
        addDimension(shape, ends.height(), "H");
        addDimension(shape, ends.width(), "W");
        addDimension(shape, Picture.CHANNELS, "");
        ValueInfoProto.Builder value = ValueInfoProto.newBuilder().setName(name);
        value.getTypeBuilder()
                .getTensorTypeBuilder()
                .setElemType(DataType.UINT8.getNumber())
                .setShape(shape);
        return value.build();
    }

    private static void addDimension(TensorShapeProto.Builder shape, int size, String name) {
        TensorShapeProto.Dimension.Builder dimension = shape.addDimBuilder();
        if (size > 0) {
            dimension.setDimValue(size);
        } else {
            dimension.setDimParam(name);
        }
    }
}
