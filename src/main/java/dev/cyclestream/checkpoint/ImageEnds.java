package dev.cyclestream.checkpoint;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.cyclestream.checkpoint.ImageGraph.End;
import dev.cyclestream.checkpoint.ImageGraph.Layout;
import dev.cyclestream.checkpoint.ImageGraph.SampleType;
import dev.cyclestream.picture.Picture;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the ends of a graph: what goes in, what comes out, and whether both are images of one size. */
final class ImageEnds {

    private static final Map<Integer, SampleType> TYPES = Map.of(
            TensorProto.DataType.UINT8.getNumber(), SampleType.UINT8,
            TensorProto.DataType.FLOAT.getNumber(), SampleType.FLOAT32,
            TensorProto.DataType.FLOAT16.getNumber(), SampleType.FLOAT16);

    private static final int AXES = 4;
    private static final int LARGEST_SIDE = 16_384;
    private static final int LARGEST_BATCH = 1024;
    private static final long MOST_PIXELS = 1 << 26;

    private final String file;
    private final Optional<Layout> given;

    ImageEnds(String file, Optional<Layout> given) {
        this.file = file;
        this.given = given;
    }

    /** @throws InvalidCheckpointException if the graph does not take one image tensor and give one of the same size */
    ImageGraph read(GraphProto graph) {
        ValueInfoProto in = single("input", inputs(graph));
        ValueInfoProto out = single("output", graph.getOutputList());
        End input = new End(in.getName(), type("input", in), layout(in, given));
        End output =
                new End(out.getName(), type("output", out), layout(out, given.or(() -> Optional.of(input.layout()))));
        boolean ownForm = input.type() == SampleType.UINT8;
        boolean mixed = ownForm != (output.type() == SampleType.UINT8);
        if (mixed || (ownForm && input.layout() != Layout.NHWC)) {
            throw new InvalidCheckpointException(
                    "%s: expected uint8 [N, H, W, 3] at both ends or at none, found %s and %s"
                            .formatted(file, describe(in), describe(out)));
        }
        int batch = fixed(in, 0, LARGEST_BATCH);
        int height = fixed(in, input.layout().heightAxis(), LARGEST_SIDE);
        int width = fixed(in, input.layout().heightAxis() + 1, LARGEST_SIDE);
        if ((height > 0) != (width > 0)) {
            throw new InvalidCheckpointException(
                    "%s: expected height and width both fixed or both free, found %s".formatted(file, describe(in)));
        }
        if ((long) Math.max(1, batch) * height * width > MOST_PIXELS) {
            throw new InvalidCheckpointException(
                    "%s: expected at most %d pixels at a time, found %s".formatted(file, MOST_PIXELS, describe(in)));
        }
        requireSameSize(in, input, out, output);
        return new ImageGraph(input, output, batch, height, width);
    }

    /** Up to IR 3, weights are inputs, too, which need not be given. */
    static List<ValueInfoProto> inputs(GraphProto graph) {
        Set<String> constants =
                graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
        graph.getSparseInitializerList()
                .forEach(tensor -> constants.add(tensor.getValues().getName()));
        return graph.getInputList().stream()
                .filter(value -> !constants.contains(value.getName()))
                .toList();
    }

    private ValueInfoProto single(String role, List<ValueInfoProto> values) {
        if (values.size() != 1) {
            throw new InvalidCheckpointException("%s: expected one %s, an image, found %s"
                    .formatted(
                            file, role, values.stream().map(ImageEnds::describe).toList()));
        }
        return values.get(0);
    }

    private SampleType type(String role, ValueInfoProto value) {
        SampleType type = TYPES.get(value.getType().getTensorType().getElemType());
        if (type == null) {
            throw new InvalidCheckpointException(
                    "%s: expected an %s of uint8, float32 or float16, found %s".formatted(file, role, describe(value)));
        }
        return type;
    }

    private Layout layout(ValueInfoProto value, Optional<Layout> otherwise) {
        List<Layout> declared = Arrays.stream(Layout.values())
                .filter(layout -> channels(value, layout) == Picture.CHANNELS)
                .toList();
        if (declared.size() == 1) {
            return declared.get(0);
        }
        List<Layout> possible = Arrays.stream(Layout.values())
                .filter(layout -> channels(value, layout) == 0 || channels(value, layout) == Picture.CHANNELS)
                .toList();
        if (possible.isEmpty()) {
            throw new InvalidCheckpointException(
                    "%s: expected images of [N, H, W, 3] or [N, 3, H, W], found %s".formatted(file, describe(value)));
        }
        if (possible.size() == 1) {
            return possible.get(0);
        }
        return otherwise.orElseThrow(() -> new InvalidCheckpointException(
                "%s: %s does not show where its three channels are; say it with --layout nchw or nhwc"
                        .formatted(file, describe(value))));
    }

    /** The number of channels in this layout; 0 if the graph does not say, and -1 for a value that is no image. */
    private static long channels(ValueInfoProto value, Layout layout) {
        List<Dimension> shape = dimensions(value);
        if (shape.isEmpty()) {
            return 0;
        }
        return shape.size() == AXES
                ? Math.max(0, shape.get(layout.channelAxis()).getDimValue())
                : -1;
    }

    /** If both ends are declared, a size that changes is seen before anything runs. */
    private void requireSameSize(ValueInfoProto in, End input, ValueInfoProto out, End output) {
        if (dimensions(out).isEmpty()) {
            return;
        }
        for (int axis = 0; axis < 2; axis++) {
            Dimension before = dimensions(in).isEmpty()
                    ? Dimension.getDefaultInstance()
                    : dimensions(in).get(input.layout().heightAxis() + axis);
            Dimension after = dimensions(out).get(output.layout().heightAxis() + axis);
            if (!isFree(before) && !isFree(after) && before.getDimValue() != after.getDimValue()) {
                throw new InvalidCheckpointException(
                        "%s: expected images that keep their size, found %s and %s; a generator that changes it is not supported"
                                .formatted(file, describe(in), describe(out)));
            }
        }
    }

    private int fixed(ValueInfoProto value, int axis, int largest) {
        List<Dimension> shape = dimensions(value);
        if (shape.isEmpty() || isFree(shape.get(axis))) {
            return 0;
        }
        long size = shape.get(axis).getDimValue();
        if (size > largest) {
            throw new InvalidCheckpointException("%s: expected at most %d in dimension %d, found %s"
                    .formatted(file, largest, axis, describe(value)));
        }
        return (int) size;
    }

    /** Not given, a name, 0 or -1: any size. */
    private static boolean isFree(Dimension dimension) {
        return dimension.getDimValue() < 1;
    }

    static String describe(ValueInfoProto value) {
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
