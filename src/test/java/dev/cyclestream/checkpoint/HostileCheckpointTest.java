package dev.cyclestream.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.UnknownFieldSet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Files made to do harm, or broken: all are refused by name before anything runs them. */
class HostileCheckpointTest {

    private static final String OUTSIDE = "expected its data inside the file, found a reference to another file";

    @Test
    void dataOutsideTheFileAreFoundWhereverTheyHang() {
        assertRefused(
                model -> model.getGraphBuilder()
                        .addSparseInitializerBuilder()
                        .setValues(external())
                        .setIndices(TensorProto.newBuilder().setDataType(7)),
                OUTSIDE);
        assertRefused(
                model -> node(model)
                        .addAttribute(AttributeProto.newBuilder()
                                .setSparseTensor(SparseTensorProto.newBuilder().setIndices(external()))),
                OUTSIDE);
        assertRefused(
                model -> node(model).addAttribute(AttributeProto.newBuilder().addTensors(external())), OUTSIDE);
        assertRefused(model -> model.addFunctionsBuilder().addNode(constant()), OUTSIDE);
        assertRefused(
                model -> model.addTrainingInfoBuilder().getAlgorithmBuilder().addInitializer(external()), OUTSIDE);
        assertRefused(
                model -> node(model)
                        .addAttributeBuilder()
                        .getGBuilder()
                        .addNodeBuilder()
                        .addAttributeBuilder()
                        .getGBuilder()
                        .addInitializer(external()),
                OUTSIDE);
    }

    @Test
    void operatorsOfOthersAreFoundInFunctions() {
        assertRefused(
                model -> model.addFunctionsBuilder()
                        .addNode(NodeProto.newBuilder().setDomain("com.example").setOpType("Evil")),
                "expected a standard ONNX operator, found com.example::Evil");
    }

    @Test
    void operatorsThatTheFileItselfDefinesAreTaken() throws IOException {
        ModelProto.Builder model = valid();
        model.addFunctionsBuilder().setDomain("local").setName("Twice");
        node(model).setDomain("local").setOpType("Twice");
        assertThat(open(model.build().toByteArray()).operators()).containsExactly("Twice");
    }

    @Test
    void fieldsThatTheFormatDoesNotHaveAreRefused() {
        UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
                .addField(77, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
        assertRefused(model -> model.setUnknownFields(unknown), "found field [77]");
        assertRefused(model -> node(model).setUnknownFields(unknown), "found field [77]");
    }

    @Test
    void dimensionsThatTheBytesDoNotBearOutAreRefused() {
        assertRefused(model -> weights(model).addDims(1L << 40), "expected dimensions of what a file can hold");
        assertRefused(model -> weights(model).addDims(-3), "expected dimensions of what a file can hold");
        assertRefused(
                model -> weights(model)
                        .addDims(1 << 20)
                        .addDims(1 << 20)
                        .addDims(1 << 20)
                        .addDims(1 << 20),
                "expected dimensions of what a file can hold");
        assertRefused(
                model -> weights(model).addDims(1000).addFloatData(1),
                "expected 1000 numbers for FLOAT of [1000], found 1");
        assertRefused(model -> side(model, 2, Long.MAX_VALUE), "expected dimensions of 0 to");
        assertRefused(model -> side(model, 2, Long.MIN_VALUE), "expected dimensions of 0 to");
        assertRefused(
                model -> {
                    side(model, 2, 1 << 30);
                    side(model, 3, 1 << 30);
                },
                "expected at most 16384 in dimension 2");
    }

    @Test
    void weightsThatAreNoNumbersAreRefused() {
        assertRefused(model -> weights(model).addDims(1).addFloatData(Float.NaN), "expected finite weights, found NaN");
        assertRefused(
                model -> weights(model).addDims(2).addFloatData(1).addFloatData(Float.POSITIVE_INFINITY),
                "expected finite weights, found Infinity");
        assertRefused(
                model -> model.getGraphBuilder()
                        .addInitializerBuilder()
                        .setDataType(TensorProto.DataType.FLOAT16.getNumber())
                        .addDims(1)
                        .addInt32Data(0x7E00),
                "expected finite weights, found NaN");
    }

    @Test
    void graphThatDoesNothingIsRefused() {
        assertRefused(
                model -> model.getGraphBuilder().clearNode(), "expected a graph that does something, found no node");
        assertRefused(model -> model.getGraphBuilder().clearOutput(), "expected one output, an image, found []");
    }

    @Test
    void sizeThatTheGraphItselfDeclaresToChangeIsRefused() {
        assertRefused(
                model -> {
                    side(model, 2, 44);
                    side(model, 3, 44);
                    shape(model.getGraphBuilder().getOutputBuilder(0), 2).setDimValue(88);
                },
                "expected images that keep their size");
    }

    /** Every byte string is refused in words or is a checkpoint; nothing else is ever thrown. */
    @Property(tries = 3000)
    void damagedFilesAreRefusedInWordsOrValid(@ForAll long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        ModelProto.Builder model = valid();
        weights(model).setName("w").addDims(2).addFloatData(1).addFloatData(2);
        model.addFunctionsBuilder()
                .setDomain("local")
                .setName("Twice")
                .addNode(constant().toBuilder().clearAttribute());
        byte[] bytes = model.build().toByteArray();
        for (int change = random.nextInt(1, 5); change > 0; change--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        try {
            assertThat(open(bytes).graph().describe()).isNotEmpty();
        } catch (InvalidCheckpointException e) {
            assertThat(e).hasMessageStartingWith("model.onnx");
        }
    }

    private static void assertRefused(Consumer<ModelProto.Builder> change, String message) {
        ModelProto.Builder model = valid();
        change.accept(model);
        assertThatThrownBy(() -> open(model.build().toByteArray()))
                .isInstanceOf(InvalidCheckpointException.class)
                .hasMessageStartingWith("model.onnx: ")
                .hasMessageContaining(message);
    }

    private static Checkpoint open(byte[] bytes) throws IOException {
        return Checkpoint.open("model.onnx", new ByteArrayInputStream(bytes));
    }

    private static ModelProto.Builder valid() {
        try {
            return ModelProto.parseFrom(GeneratorsOfOthers.of("Neg", "N", "H", "W")).toBuilder();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static NodeProto.Builder node(ModelProto.Builder model) {
        return model.getGraphBuilder().getNodeBuilder(0);
    }

    private static NodeProto constant() {
        return NodeProto.newBuilder()
                .setOpType("Constant")
                .addAttribute(AttributeProto.newBuilder().setT(external()))
                .build();
    }

    private static TensorProto external() {
        return TensorProto.newBuilder()
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .build();
    }

    private static TensorProto.Builder weights(ModelProto.Builder model) {
        return model.getGraphBuilder().addInitializerBuilder().setDataType(TensorProto.DataType.FLOAT.getNumber());
    }

    private static void side(ModelProto.Builder model, int axis, long size) {
        shape(model.getGraphBuilder().getInputBuilder(0), axis).setDimValue(size);
        shape(model.getGraphBuilder().getOutputBuilder(0), axis).setDimValue(size);
    }

    private static Dimension.Builder shape(ValueInfoProto.Builder value, int axis) {
        return value.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder().getDimBuilder(axis);
    }
}
