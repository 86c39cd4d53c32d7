package dev.cyclestream.trainer.onnx;

import static dev.cyclestream.trainer.onnx.OnnxGraph.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.cyclestream.picture.Picture;
import dev.cyclestream.trainer.data.InvalidDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graphs whose features are the picture's own colours. */
class OnnxFeatureExtractorTest {

    private static final double TOLERANCE = 1e-6;

    @TempDir
    private Path folder;

    /** Red on the left half, white on the right. */
    private final Picture picture = new Picture(4, 1, new byte[] {-1, 0, 0, -1, 0, 0, -1, -1, -1, -1, -1, -1});

    @Test
    void placesAreAveragedAndSamplesAreFromMinusOneToOne() throws IOException {
        OnnxGraph graph = new OnnxGraph("colours");
        graph.input("x", TensorProto.DataType.FLOAT, List.of("N", "3", "H", "W"));
        graph.namedNode("Identity", "y", List.of("x"));
        graph.output("y", TensorProto.DataType.FLOAT, List.of("N", "3", "H", "W"));
        try (OnnxFeatureExtractor extractor = new OnnxFeatureExtractor(write(graph))) {
            List<double[]> rows = extractor.features(List.of(picture, picture));
            assertThat(rows).hasSize(2);
            assertThat(rows.get(1)).containsExactly(new double[] {1, 0, 0}, within(TOLERANCE));
        }
    }

    @Test
    void picturesAreResizedToAFixedSizeAndBytesArePassedOn() throws IOException {
        OnnxGraph graph = new OnnxGraph("bytes");
        graph.input("x", TensorProto.DataType.UINT8, List.of("N", "2", "2", "3"));
        String floats = graph.node("Cast", List.of("x"), attribute("to", TensorProto.DataType.FLOAT.getNumber()));
        graph.namedNode("Flatten", "y", List.of(floats));
        graph.output("y", TensorProto.DataType.FLOAT, List.of("N", "12"));
        try (OnnxFeatureExtractor extractor = new OnnxFeatureExtractor(write(graph))) {
            double[] row = extractor.features(List.of(picture)).get(0);
            assertThat(row).hasSize(12).startsWith(255);
            assertThat(row[4]).as("green on the right").isGreaterThan(200);
        }
    }

    @Test
    void networkForSomethingElseIsRefused() throws IOException {
        OnnxGraph graph = new OnnxGraph("words");
        graph.input("words", TensorProto.DataType.INT64, List.of("N"));
        graph.namedNode("Identity", "y", List.of("words"));
        graph.output("y", TensorProto.DataType.INT64, List.of("N"));
        Path file = write(graph);
        assertThatThrownBy(() -> new OnnxFeatureExtractor(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("expected an input float32 [N, 3, H, W] or uint8 [N, H, W, 3], found");
    }

    @Test
    void fileThatIsNoNetworkIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("x.onnx"), "no network");
        assertThatThrownBy(() -> new OnnxFeatureExtractor(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("x.onnx: is no network that ONNX Runtime runs");
    }

    private Path write(OnnxGraph graph) throws IOException {
        return Files.write(
                folder.resolve("features.onnx"),
                graph.model("test", "1", Map.of()).toByteArray());
    }
}
