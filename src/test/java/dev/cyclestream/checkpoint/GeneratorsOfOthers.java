package dev.cyclestream.checkpoint;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.util.List;

/** Graphs of one node, with ends as PyTorch's exporter writes them: float32 (N, 3, H, W). */
public final class GeneratorsOfOthers {

    private GeneratorsOfOthers() {}

    /**
     * A model that runs one operator on every sample.
     *
     * @param batch a number, or the name of a dimension that varies; so are height and width
     */
    public static byte[] of(String operator, String batch, String height, String width) {
        ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8);
        model.addOpsetImportBuilder().setVersion(17);
        model.getGraphBuilder().setName("generator");
        model.getGraphBuilder()
                .addNodeBuilder()
                .setOpType(operator)
                .addInput("real")
                .addOutput("fake");
        model.getGraphBuilder().addInput(image("real", List.of(batch, "3", height, width)));
        model.getGraphBuilder().addOutput(image("fake", List.of(batch, "3", height, width)));
        return model.build().toByteArray();
    }

    /**
     * A model with ends as ours have them, uint8 (N, H, W, 3), that runs one operator on every sample as a number of 0 to 255.
     *
     * @param other whose metadata it says are its own
     */
    public static byte[] ofOurForm(String operator, Checkpoint other) throws IOException {
        ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8);
        model.addOpsetImportBuilder().setVersion(17);
        model.getGraphBuilder().setName("generator");
        cast(model, "image", "numbers", TensorProto.DataType.FLOAT);
        model.getGraphBuilder()
                .addNodeBuilder()
                .setOpType(operator)
                .addInput("numbers")
                .addOutput("changed");
        cast(model, "changed", "translated", TensorProto.DataType.UINT8);
        model.addAllMetadataProps(ModelProto.parseFrom(other.content()).getMetadataPropsList());
        List<String> shape = List.of("N", "H", "W", "3");
        model.getGraphBuilder().addInput(image("image", shape, TensorProto.DataType.UINT8));
        model.getGraphBuilder().addOutput(image("translated", shape, TensorProto.DataType.UINT8));
        return model.build().toByteArray();
    }

    private static void cast(ModelProto.Builder model, String from, String to, TensorProto.DataType type) {
        model.getGraphBuilder()
                .addNodeBuilder()
                .setOpType("Cast")
                .addInput(from)
                .addOutput(to)
                .addAttributeBuilder()
                .setName("to")
                .setType(AttributeProto.AttributeType.INT)
                .setI(type.getNumber());
    }

    private static ValueInfoProto image(String name, List<String> dimensions) {
        return image(name, dimensions, TensorProto.DataType.FLOAT);
    }

    private static ValueInfoProto image(String name, List<String> dimensions, TensorProto.DataType type) {
        ValueInfoProto.Builder value = ValueInfoProto.newBuilder().setName(name);
        TypeProto.Tensor.Builder tensor = value.getTypeBuilder().getTensorTypeBuilder();
        tensor.setElemType(type.getNumber());
        for (String dimension : dimensions) {
            boolean fixed = Character.isDigit(dimension.charAt(0));
            Dimension.Builder builder = tensor.getShapeBuilder().addDimBuilder();
            if (fixed) {
                builder.setDimValue(Long.parseLong(dimension));
            } else {
                builder.setDimParam(dimension);
            }
        }
        return value.build();
    }
}
