package dev.cyclestream.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.cyclestream.checkpoint.ImageGraph.End;
import dev.cyclestream.checkpoint.ImageGraph.Layout;
import dev.cyclestream.checkpoint.ImageGraph.SampleType;
import dev.cyclestream.event.Direction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {

    private static ModelProto demo;

    @TempDir
    private Path folder;

    @BeforeAll
    static void readDemoCheckpoint() throws IOException {
        try (InputStream content = CheckpointTest.class.getResourceAsStream("/checkpoints/a-to-b.onnx")) {
            demo = ModelProto.parseFrom(content);
        }
    }

    @Test
    void checkpointSaysWhatItIs() throws IOException {
        Checkpoint checkpoint = open(demo);
        CheckpointMetadata metadata = checkpoint.metadata().orElseThrow();
        assertThat(metadata.direction()).isEqualTo(Direction.A_TO_B);
        assertThat(metadata.architecture()).isEqualTo("resnet-6-blocks-32-filters-resize-convolution");
        assertThat(metadata.trainingSize()).isEqualTo(64);
        assertThat(metadata.training().steps()).isPositive();
        assertThat(metadata.selfTest().input().width()).isEqualTo(32);
        assertThat(checkpoint.sha256()).matches("[0-9a-f]{64}");
        assertThat(checkpoint.signature())
                .containsExactly("input  \"image\": uint8 [N, H, W, 3]", "output \"translated\": uint8 [N, H, W, 3]");
    }

    @Test
    void meanOfSeveralStatesNamesTheirSteps() throws IOException {
        Checkpoint checkpoint = open(changed(model -> set(model, "cyclestream.averaged-steps", "2500,5000")));
        assertThat(checkpoint.metadata().orElseThrow().training().averagedSteps())
                .containsExactly(2500L, 5000L);
        assertRefused(
                model -> set(model, "cyclestream.averaged-steps", "2500,many"),
                "model.onnx: metadata \"cyclestream.averaged-steps\": expected whole numbers with commas between them,"
                        + " found \"2500,many\"");
    }

    @Test
    void hashIsThatOfTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("abc"), "abc");
        assertThatThrownBy(() -> Checkpoint.open(file)).isInstanceOf(InvalidCheckpointException.class);
        assertThat(open(demo).sha256()).isEqualTo(open(demo).sha256());
        assertThat(open(changed(model -> model.setProducerVersion("2"))).sha256())
                .isNotEqualTo(open(demo).sha256());
    }

    @Test
    void fileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Checkpoint.open(folder.resolve("none.onnx")))
                .isInstanceOf(InvalidCheckpointException.class)
                .hasMessageEndingWith("none.onnx: expected a checkpoint, found no file");
        assertThatThrownBy(() -> Checkpoint.open(folder)).hasMessageEndingWith("expected a checkpoint, found a folder");
    }

    @Test
    void textIsNoCheckpoint() {
        byte[] text = "these bytes are no model".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Checkpoint.open("model.onnx", new ByteArrayInputStream(text)))
                .isInstanceOf(InvalidCheckpointException.class)
                .hasMessage("model.onnx: expected an ONNX model, found something else");
    }

    @Test
    void emptyFileIsNoCheckpoint() {
        assertThatThrownBy(() -> Checkpoint.open("model.onnx", new ByteArrayInputStream(new byte[0])))
                .hasMessage("model.onnx: expected an ONNX model, found something else");
    }

    @Test
    void modelWithoutMetadataIsRefusedByName() {
        assertRefused(
                model -> model.clearMetadataProps(),
                "model.onnx: expected metadata \"cyclestream.format-version\", found none; "
                        + "the trainer's export command writes it");
    }

    @Test
    void laterFormatIsRefused() {
        assertRefused(
                model -> set(model, "cyclestream.format-version", "2"),
                "model.onnx: metadata \"cyclestream.format-version\": expected \"1\", found \"2\"");
    }

    @Test
    void metadataThatMakeNoSenseAreRefused() {
        assertRefused(
                model -> set(model, "cyclestream.direction", "SIDEWAYS"),
                "model.onnx: metadata \"cyclestream.direction\": expected [A_TO_B, B_TO_A], found \"SIDEWAYS\"");
        assertRefused(
                model -> set(model, "cyclestream.steps", "many"),
                "model.onnx: metadata \"cyclestream.steps\": expected a whole number, found \"many\"");
    }

    @Test
    void generatorThatGaveNothingButBlackIsRefused() {
        String black = Base64.getEncoder().encodeToString(new byte[32 * 32 * 3]);
        assertRefused(
                model -> set(model, "cyclestream.self-test.output", black),
                "expected a picture, found \"black all over, as of a generator that gives NaN\"");
    }

    @Test
    void secondInputIsRefused() {
        assertRefused(
                model -> model.getGraphBuilder()
                        .addInput(
                                model.getGraphBuilder().getInput(0).toBuilder().setName("x")),
                "model.onnx: expected one input, an image, found [\"image\": uint8 [N, H, W, 3], \"x\": uint8 [N, H, W, 3]]");
    }

    @Test
    void otherChannelsAreRefused() {
        assertRefused(
                model -> model.getGraphBuilder()
                        .getInputBuilder(0)
                        .getTypeBuilder()
                        .getTensorTypeBuilder()
                        .getShapeBuilder()
                        .getDimBuilder(3)
                        .setDimValue(1),
                "model.onnx: expected uint8 [N, H, W, 3] at both ends or at none, found \"image\": uint8 [N, H, W, 1]");
    }

    @Test
    void outputOfAnotherTypeIsRefused() {
        assertRefused(
                model -> model.getGraphBuilder()
                        .getOutputBuilder(0)
                        .getTypeBuilder()
                        .getTensorTypeBuilder()
                        .setElemType(TensorProto.DataType.FLOAT.getNumber()),
                "model.onnx: expected uint8 [N, H, W, 3] at both ends or at none, found");
    }

    @Test
    void generatorOfOthersIsTakenForTheDirectionItIsUsedFor() throws IOException {
        Checkpoint checkpoint = open(ofOthers("N", "H", "W"));
        assertThat(checkpoint.metadata()).isEmpty();
        assertThat(checkpoint.direction()).isEmpty();
        assertThat(checkpoint.requireDirection(Direction.B_TO_A).direction()).contains(Direction.B_TO_A);
        assertThat(checkpoint.graph())
                .isEqualTo(new ImageGraph(
                        new End("real", SampleType.FLOAT32, Layout.NCHW),
                        new End("fake", SampleType.FLOAT32, Layout.NCHW),
                        0,
                        0,
                        0))
                .extracting(ImageGraph::describe)
                .isEqualTo("float32 [N, 3, H, W], any size, any number at a time");
    }

    @Test
    void fixedSizesOfOthersAreUnderstood() throws IOException {
        ImageGraph graph = open(ofOthers("1", "256", "128")).graph();
        assertThat(graph.describe())
                .isEqualTo(
                        "float32 [N, 3, H, W], 128 x 256 pixels (others are brought to that size and back, their proportions kept), 1 at a time");
        assertThatThrownBy(() -> open(ofOthers("1", "256", "W")))
                .isInstanceOf(InvalidCheckpointException.class)
                .hasMessageContaining("expected height and width both fixed or both free, found");
    }

    @Test
    void dataOutsideTheFileAreRefused() {
        assertRefused(
                model -> model.getGraphBuilder()
                        .getInitializerBuilder(0)
                        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                        .addExternalData(StringStringEntryProto.newBuilder()
                                .setKey("location")
                                .setValue("/etc/passwd")),
                "expected its data inside the file, found a reference to another file");
    }

    @Test
    void operatorsOfOthersAreRefused() {
        assertRefused(
                model -> model.getGraphBuilder().getNodeBuilder(0).setDomain("com.example"),
                "expected a standard ONNX operator, found com.example::Shape");
    }

    @Test
    void otherDirectionIsRefused() throws IOException {
        Checkpoint checkpoint = open(demo);
        assertThat(checkpoint.requireDirection(Direction.A_TO_B)).isSameAs(checkpoint);
        assertThatThrownBy(() -> checkpoint.requireDirection(Direction.B_TO_A))
                .isInstanceOf(InvalidCheckpointException.class)
                .hasMessage("model.onnx: expected a checkpoint that translates B_TO_A, found A_TO_B");
    }

    private static ModelProto ofOthers(String batch, String height, String width) throws IOException {
        return ModelProto.parseFrom(GeneratorsOfOthers.of("Identity", batch, height, width));
    }

    private static void assertRefused(Consumer<ModelProto.Builder> change, String message) {
        assertThatThrownBy(() -> open(changed(change)))
                .isInstanceOf(InvalidCheckpointException.class)
                .hasMessageContaining(message);
    }

    private static ModelProto changed(Consumer<ModelProto.Builder> change) {
        ModelProto.Builder builder = demo.toBuilder();
        change.accept(builder);
        return builder.build();
    }

    private static void set(ModelProto.Builder model, String key, String value) {
        List<StringStringEntryProto> others = model.getMetadataPropsList().stream()
                .filter(entry -> !entry.getKey().equals(key))
                .toList();
        model.clearMetadataProps().addAllMetadataProps(others);
        model.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(value));
    }

    private static Checkpoint open(ModelProto model) throws IOException {
        return Checkpoint.open("model.onnx", new ByteArrayInputStream(model.toByteArray()));
    }
}
