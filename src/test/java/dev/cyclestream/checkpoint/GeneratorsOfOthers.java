package dev.cyclestream.checkpoint;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
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

    private static ValueInfoProto image(String name, List<String> dimensions) {
        ValueInfoProto.Builder value = ValueInfoProto.newBuilder().setName(name);
        TypeProto.Tensor.Builder tensor = value.getTypeBuilder().getTensorTypeBuilder();
        tensor.setElemType(TensorProto.DataType.FLOAT.getNumber());
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
