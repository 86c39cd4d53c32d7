package dev.cyclestream.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.checkpoint.GeneratorsOfOthers;
import dev.cyclestream.checkpoint.GivenForm;
import dev.cyclestream.checkpoint.InvalidCheckpointException;
import dev.cyclestream.checkpoint.ValueRange;
import dev.cyclestream.event.Direction;
import dev.cyclestream.picture.Picture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratorsOfOthersIT {

    private static final Picture PICTURE = TrialPictures.of(61, 87).get(1);

    @Test
    void rangeIsReadFromTheLastOperator() throws IOException {
        try (OnnxGenerator generator = load(clipped(0, 1))) {
            assertThat(generator.form().output()).isEqualTo(ValueRange.ZERO_TO_ONE);
            assertThat(one(generator, PICTURE)).isEqualTo(PICTURE);
        }
        try (OnnxGenerator generator = load(clipped(0, 255))) {
            assertThat(generator.form().output()).isEqualTo(ValueRange.ZERO_TO_255);
            assertThat(one(generator, PICTURE)).isEqualTo(PICTURE);
        }
    }

    @ParameterizedTest
    @CsvSource({"0..1", "0..255", "-1..1"})
    void givenRangesAreKept(String range) throws IOException {
        GivenForm given = ranges(ValueRange.parse(range), ValueRange.parse(range));
        try (OnnxGenerator generator = load(GeneratorsOfOthers.of("Identity", "N", "H", "W"), given)) {
            assertThat(one(generator, PICTURE)).isEqualTo(PICTURE);
            assertThat(generator.form().warnings()).isEmpty();
        }
    }

    @Test
    void outputAtTheEndsOfItsRangeIsAWarning() throws IOException {
        GivenForm given = ranges(ValueRange.ZERO_TO_255, ValueRange.ZERO_TO_ONE);
        try (OnnxGenerator generator = load(GeneratorsOfOthers.of("Identity", "N", "H", "W"), given)) {
            assertThat(generator.form().warnings()).singleElement().asString().contains("lies at the ends of 0..1");
        }
    }

    @Test
    void channelsMayComeLastAndSamplesBeHalves() throws IOException {
        ModelProto.Builder model = ModelProto.parseFrom(GeneratorsOfOthers.of("Tanh", "N", "H", "W")).toBuilder();
        for (ValueInfoProto.Builder end : List.of(
                model.getGraphBuilder().getInputBuilder(0),
                model.getGraphBuilder().getOutputBuilder(0))) {
            end.getTypeBuilder().getTensorTypeBuilder().setElemType(TensorProto.DataType.FLOAT16.getNumber());
            List<Dimension> shape =
                    List.copyOf(end.getType().getTensorType().getShape().getDimList());
            end.getTypeBuilder()
                    .getTensorTypeBuilder()
                    .getShapeBuilder()
                    .clearDim()
                    .addAllDim(List.of(shape.get(0), shape.get(2), shape.get(3), shape.get(1)));
        }
        Picture expected;
        try (OnnxGenerator planes = load(GeneratorsOfOthers.of("Tanh", "N", "H", "W"))) {
            expected = one(planes, PICTURE);
        }
        try (OnnxGenerator generator = load(model.build().toByteArray())) {
            assertThat(one(generator, PICTURE).largestDifference(expected)).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void multipleOfThirtyTwoIsFoundAndOddImagesComeOut() throws IOException {
        try (OnnxGenerator generator = load(unet())) {
            assertThat(generator.form().multipleOf()).isEqualTo(32);
            assertThat(one(generator, PICTURE).width()).isEqualTo(61);
            assertThat(one(generator, TrialPictures.of(16, 17).get(0)).height()).isEqualTo(17);
        }
    }

    @Test
    void adoptedGeneratorGivesTheSamePictures() throws IOException {
        List<byte[]> models = List.of(unet(), clipped(0, 1), GeneratorsOfOthers.of("Tanh", "1", "48", "64"));
        for (byte[] model : models) {
            Checkpoint foreign = open(model, GivenForm.NONE);
            byte[] bytes = Adoption.of(foreign, Direction.A_TO_B, "test").toBytes();
            Checkpoint adopted = open(bytes, GivenForm.NONE);
            assertThat(adopted.direction()).contains(Direction.A_TO_B);
            try (Generator before = Generators.load(foreign);
                    Generator after = Generators.load(adopted)) {
                for (Picture picture : List.of(PICTURE, TrialPictures.of(16, 33).get(0))) {
                    assertThat(one(after, picture).largestDifference(one(before, picture)))
                            .isLessThanOrEqualTo(1);
                }
            }
        }
    }

    @Test
    void generatorWhoseRangeIsNotClearIsAdoptedOnlyWithOne() throws IOException {
        Checkpoint foreign = open(GeneratorsOfOthers.of("Exp", "N", "H", "W"), GivenForm.NONE);
        assertThatThrownBy(() -> Adoption.of(foreign, Direction.A_TO_B, "test"))
                .isInstanceOf(InvalidCheckpointException.class)
                .hasMessageContaining("say it with --output-range");
    }

    @Test
    void outputThatIsNoNumberIsFoundByTheTrial() {
        assertThatThrownBy(() -> load(
                        GeneratorsOfOthers.of("Sqrt", "N", "H", "W"),
                        ranges(ValueRange.MINUS_ONE_TO_ONE, ValueRange.MINUS_ONE_TO_ONE)))
                .isInstanceOf(InvalidCheckpointException.class)
                .hasMessageContaining("expected numbers, found NaN");
    }

    @Test
    void loopWithoutEndIsRefused() throws IOException {
        Checkpoint endless = open(looping(), GivenForm.NONE);
        SafeTrial trial = new SafeTrial(Duration.ofSeconds(15), 2L << 30);
        assertThatThrownBy(() -> trial.require(endless))
                .isInstanceOf(InvalidCheckpointException.class)
                .hasMessage("others.onnx: expected a trial on small images to end within 15 s, found it at work");
    }

    @Test
    void graphThatTakesAllTheMemoryIsRefused() throws IOException {
        Checkpoint large = open(growing(), GivenForm.NONE);
        assertThatThrownBy(() -> SafeTrial.of(large).require(large)).isInstanceOf(InvalidCheckpointException.class);
    }

    /** Copies the image, a thousand million million times. */
    private static byte[] looping() throws IOException {
        ModelProto.Builder model = ModelProto.parseFrom(GeneratorsOfOthers.of("Loop", "N", "H", "W")).toBuilder();
        model.getGraphBuilder()
                .addInitializerBuilder()
                .setName("times")
                .setDataType(7)
                .addInt64Data(1L << 60);
        NodeProto.Builder loop = model.getGraphBuilder().getNodeBuilder(0);
        loop.clearInput().addInput("times").addInput("").addInput("real");
        AttributeProto.Builder body =
                loop.addAttributeBuilder().setName("body").setType(AttributeProto.AttributeType.GRAPH);
        body.getGBuilder().setName("body");
        body.getGBuilder().addInput(value("i", 7)).addInput(value("go", 9)).addInput(value("x", 1));
        body.getGBuilder()
                .addNode(NodeProto.newBuilder()
                        .setOpType("Identity")
                        .addInput("go")
                        .addOutput("goes"))
                .addNode(NodeProto.newBuilder().setOpType("Neg").addInput("x").addOutput("y"));
        body.getGBuilder().addOutput(value("goes", 9)).addOutput(value("y", 1));
        return model.build().toByteArray();
    }

    /** Fills 400 GB with zeros and adds the largest. */
    private static byte[] growing() throws IOException {
        ModelProto.Builder model = ModelProto.parseFrom(GeneratorsOfOthers.of("Add", "N", "H", "W")).toBuilder();
        model.getGraphBuilder()
                .addInitializerBuilder()
                .setName("shape")
                .setDataType(7)
                .addDims(1)
                .addInt64Data(100_000_000_000L);
        model.getGraphBuilder().getNodeBuilder(0).addInput("largest");
        NodeProto add = model.getGraphBuilder().getNode(0);
        model.getGraphBuilder()
                .clearNode()
                .addNode(NodeProto.newBuilder()
                        .setOpType("ConstantOfShape")
                        .addInput("shape")
                        .addOutput("zeros"))
                .addNode(NodeProto.newBuilder()
                        .setOpType("ReduceMax")
                        .addInput("zeros")
                        .addOutput("largest"))
                .addNode(add);
        return model.build().toByteArray();
    }

    private static ValueInfoProto value(String name, int type) {
        ValueInfoProto.Builder value = ValueInfoProto.newBuilder().setName(name);
        value.getTypeBuilder().getTensorTypeBuilder().setElemType(type);
        if (type != TensorProto.DataType.FLOAT.getNumber()) {
            value.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder(); // a scalar
        }
        return value.build();
    }

    private static byte[] clipped(float least, float most) throws IOException {
        ModelProto.Builder model = ModelProto.parseFrom(GeneratorsOfOthers.of("Clip", "N", "H", "W")).toBuilder();
        for (float bound : new float[] {least, most}) {
            String name = "bound" + bound;
            model.getGraphBuilder()
                    .addInitializerBuilder()
                    .setName(name)
                    .setDataType(1)
                    .addFloatData(bound);
            model.getGraphBuilder().getNodeBuilder(0).addInput(name);
        }
        return model.build().toByteArray();
    }

    private static byte[] unet() throws IOException {
        try (InputStream content = GeneratorsOfOthersIT.class.getResourceAsStream("/generators/unet.onnx")) {
            return content.readAllBytes();
        }
    }

    private static GivenForm ranges(ValueRange in, ValueRange out) {
        return new GivenForm(Optional.of(in), Optional.of(out), Optional.empty(), Optional.empty());
    }

    private static OnnxGenerator load(byte[] model) throws IOException {
        return load(model, GivenForm.NONE);
    }

    private static OnnxGenerator load(byte[] model, GivenForm given) throws IOException {
        return Generators.load(open(model, given));
    }

    private static Checkpoint open(byte[] model, GivenForm given) throws IOException {
        return Checkpoint.open("others.onnx", new ByteArrayInputStream(model), given);
    }

    private static Picture one(Generator generator, Picture image) {
        return generator.translate(List.of(image)).get(0);
    }
}
