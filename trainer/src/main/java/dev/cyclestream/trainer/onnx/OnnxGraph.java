package dev.cyclestream.trainer.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An ONNX graph under construction: nodes in order, each with one named output, and the constants that they read. */
final class OnnxGraph {

    /** Operator set 17 and format 8, of 2022: every current runtime reads them. */
    private static final int OPERATOR_SET = 17;

    private static final int FORMAT_VERSION = 8;

    private final GraphProto.Builder graph;
    private int unnamedNodes;

    OnnxGraph(String name) {
        graph = GraphProto.newBuilder().setName(name);
    }

    /** Declares an input; dimensions that vary are given by name, others by number. */
    void input(String name, TensorProto.DataType type, List<String> dimensions) {
        graph.addInput(valueInfo(name, type, dimensions));
    }

    /** Declares that a node's output is an output of the graph. */
    void output(String name, TensorProto.DataType type, List<String> dimensions) {
        graph.addOutput(valueInfo(name, type, dimensions));
    }

    /** A constant float32 tensor; returns its name. */
    String constant(String name, float[] values, List<Integer> shape) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return constant(name, TensorProto.DataType.FLOAT, ByteString.copyFrom(bytes), shape);
    }

    /** A constant tensor of any type, its numbers as little-endian bytes; returns its name. */
    String constant(String name, TensorProto.DataType type, ByteString bytes, List<Integer> shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .setRawData(bytes);
        shape.forEach(tensor::addDims);
        graph.addInitializer(tensor);
        return name;
    }

    /** A constant float32 scalar; returns its name. */
    String scalar(String name, float value) {
        return constant(name, new float[] {value}, List.of());
    }

    /** A constant int64 vector; returns its name. */
    String integers(String name, long... values) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT64.getNumber())
                .addDims(values.length);
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        graph.addInitializer(tensor);
        return name;
    }

    /** Appends a node and returns the name of its output. */
    String node(String operator, List<String> inputs, AttributeProto... attributes) {
        return namedNode(operator, "%s_%d".formatted(operator, unnamedNodes++), inputs, attributes);
    }

    /** Appends a node whose output has a name of its own. */
    String namedNode(String operator, String output, List<String> inputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setName(output)
                .setOpType(operator)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes)));
        return output;
    }

    static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto attribute(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    static AttributeProto attribute(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    static AttributeProto attribute(String name, List<Long> values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INTS)
                .addAllInts(values)
                .build();
    }

    /** The finished model with its metadata. */
    ModelProto model(String producer, String producerVersion, Map<String, String> metadata) {
        List<StringStringEntryProto> entries = new ArrayList<>();
        metadata.forEach((key, value) -> entries.add(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value).build()));
        return ModelProto.newBuilder()
                .setIrVersion(FORMAT_VERSION)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
                .setProducerName(producer)
                .setProducerVersion(producerVersion)
                .setGraph(graph)
                .addAllMetadataProps(entries)
                .build();
    }

    private static ValueInfoProto valueInfo(String name, TensorProto.DataType type, List<String> dimensions) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (String dimension : dimensions) {
            boolean fixed = dimension.chars().allMatch(Character::isDigit);
            shape.addDim(
                    fixed
                            ? TensorShapeProto.Dimension.newBuilder().setDimValue(Long.parseLong(dimension))
                            : TensorShapeProto.Dimension.newBuilder().setDimParam(dimension));
        }
        TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder()
                .setElemType(type.getNumber())
                .setShape(shape)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}
