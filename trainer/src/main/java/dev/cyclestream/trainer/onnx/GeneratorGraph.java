package dev.cyclestream.trainer.onnx;

import static dev.cyclestream.trainer.onnx.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.cyclestream.trainer.pytorch.TrainableNetwork;
import java.util.List;
import java.util.Map;

/**
 * A generator as a self-contained ONNX graph: bytes in, bytes out, everything between inside.
 *
 * <p>Input {@value #INPUT} and output {@value #OUTPUT} are uint8 (N, H, W, 3), RGB, for any N and any H, W from 16 up.
 * Sizes that are no multiple of 4 are reflect-padded at the bottom and right, and the result is cropped again.
 */
final class GeneratorGraph {

    static final String INPUT = "image";
    static final String OUTPUT = "translated";

    private static final String PRODUCER = "cyclestream-trainer";
    private static final List<String> DIMENSIONS = List.of("N", "H", "W", "3");
    private static final float HALF_RANGE = 127.5f;

    private final OnnxGraph graph = new OnnxGraph("generator");

    private GeneratorGraph() {}

    /** Builds the model from a network and what the file shall say of itself. */
    static ModelProto build(TrainableNetwork network, CheckpointMetadata metadata, Map<String, String> properties) {
        GeneratorGraph generator = new GeneratorGraph();
        generator.write(network, metadata.precision());
        return generator.graph.model(PRODUCER, metadata.training().toolVersion(), properties);
    }

    private void write(TrainableNetwork network, Precision precision) {
        graph.input(INPUT, TensorProto.DataType.UINT8, DIMENSIONS);
        String size = size();
        String image = padded(scaled(), size);
        String translated = OnnxLayers.append(graph, image, network, precision);
        bytes(cropped(translated, size));
        graph.output(OUTPUT, TensorProto.DataType.UINT8, DIMENSIONS);
    }

    /** Height and width of the input: int64 [2]. */
    private String size() {
        String shape = graph.node("Shape", List.of(INPUT));
        return graph.node("Gather", List.of(shape, graph.integers("height_and_width", 1, 2)), attribute("axis", 0L));
    }

    /** uint8 (N, H, W, 3) to float32 (N, 3, H, W) in [-1, 1]. */
    private String scaled() {
        String floats = graph.node("Cast", List.of(INPUT), attribute("to", TensorProto.DataType.FLOAT.getNumber()));
        String planes = graph.node("Transpose", List.of(floats), attribute("perm", List.of(0L, 3L, 1L, 2L)));
        String divided = graph.node("Div", List.of(planes, graph.scalar("half_range", HALF_RANGE)));
        return graph.node("Sub", List.of(divided, graph.scalar("one", 1)));
    }

    /** To the next multiple of 4 in height and width. */
    private String padded(String image, String size) {
        // Mod takes the sign of the divisor: -61 mod 4 = 3.
        String missing = graph.node(
                "Mod", List.of(graph.node("Neg", List.of(size)), graph.integers("multiple", 4)), attribute("fmod", 0L));
        String pads = graph.node(
                "Concat", List.of(graph.integers("no_pads", 0, 0, 0, 0, 0, 0), missing), attribute("axis", 0L));
        return graph.node("Pad", List.of(image, pads), attribute("mode", "reflect"));
    }

    /** Back to the input's height and width. */
    private String cropped(String image, String size) {
        return graph.node(
                "Slice", List.of(image, graph.integers("corner", 0, 0), size, graph.integers("crop_axes", 2, 3)));
    }

    /** float32 (N, 3, H, W) in [-1, 1] to uint8 (N, H, W, 3); rounds half to even. */
    private void bytes(String image) {
        String raised = graph.node("Add", List.of(image, "one"));
        String range = graph.node("Mul", List.of(raised, "half_range"));
        String rounded = graph.node("Round", List.of(range));
        String clamped = graph.node(
                "Clip", List.of(rounded, graph.scalar("darkest", 0), graph.scalar("brightest", 2 * HALF_RANGE)));
        String interleaved = graph.node("Transpose", List.of(clamped), attribute("perm", List.of(0L, 2L, 3L, 1L)));
        graph.namedNode("Cast", OUTPUT, List.of(interleaved), attribute("to", TensorProto.DataType.UINT8.getNumber()));
    }
}
