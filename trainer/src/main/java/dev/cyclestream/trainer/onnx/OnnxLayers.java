package dev.cyclestream.trainer.onnx;

import static dev.cyclestream.trainer.onnx.OnnxGraph.attribute;

import ai.djl.ndarray.NDArray;
import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import dev.cyclestream.trainer.network.Layer;
import dev.cyclestream.trainer.network.Network;
import dev.cyclestream.trainer.pytorch.TrainableNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Writes the layers of a network as ONNX nodes on (N, C, H, W); every case returns nothing. */
final class OnnxLayers implements Layer.Cases<Void> {

    private final OnnxGraph graph;
    private final Map<String, NDArray> weights;
    private final Precision precision;
    private String value;
    private int weightedLayers;
    private int constants;

    private OnnxLayers(OnnxGraph graph, String input, Map<String, NDArray> weights, Precision precision) {
        this.graph = graph;
        this.value = input;
        this.weights = weights;
        this.precision = precision;
    }

    /** Appends the whole network behind {@code input}; returns the name of its output. */
    static String append(OnnxGraph graph, String input, TrainableNetwork network, Precision precision) {
        OnnxLayers layers = new OnnxLayers(graph, input, network.weights(), precision);
        network.network().layers().forEach(layer -> layer.fold(layers));
        return layers.value;
    }

    @Override
    public Void reflectionPad(Layer.ReflectionPad layer) {
        long p = layer.padding();
        String pads = graph.integers("pads_" + constants++, 0, 0, p, p, 0, 0, p, p);
        return append("Pad", List.of(pads), attribute("mode", "reflect"));
    }

    @Override
    public Void convolution(Layer.Convolution layer) {
        return append(
                "Conv",
                nextWeights(layer),
                attribute("kernel_shape", pair(layer.kernel())),
                attribute("strides", pair(layer.stride())),
                attribute("pads", Collections.nCopies(4, (long) layer.padding())));
    }

    @Override
    public Void transposedConvolution(Layer.TransposedConvolution layer) {
        return append(
                "ConvTranspose",
                nextWeights(layer),
                attribute("kernel_shape", pair(layer.kernel())),
                attribute("strides", pair(Layer.TransposedConvolution.STRIDE)),
                attribute("pads", Collections.nCopies(4, (long) Layer.TransposedConvolution.PADDING)),
                attribute("output_padding", pair(Layer.TransposedConvolution.OUTPUT_PADDING)));
    }

    @Override
    public Void upsample(Layer.Upsample layer) {
        float factor = Layer.Upsample.FACTOR;
        String scales = graph.constant("scales_" + constants++, new float[] {1, 1, factor, factor}, List.of(4));
        return append(
                "Resize",
                List.of("", scales),
                attribute("mode", "nearest"),
                attribute("coordinate_transformation_mode", "asymmetric"),
                attribute("nearest_mode", "floor"));
    }

    @Override
    public Void instanceNorm(Layer.InstanceNorm layer) {
        float[] ones = new float[layer.channels()];
        Arrays.fill(ones, 1);
        int number = constants++;
        String scale = graph.constant("scale_" + number, ones, List.of(layer.channels()));
        String shift = graph.constant("shift_" + number, new float[layer.channels()], List.of(layer.channels()));
        float epsilon = (float) Layer.InstanceNorm.EPSILON;
        return append("InstanceNormalization", List.of(scale, shift), attribute("epsilon", epsilon));
    }

    @Override
    public Void relu(Layer.Relu layer) {
        return append("Relu", List.of());
    }

    @Override
    public Void leakyRelu(Layer.LeakyRelu layer) {
        return append("LeakyRelu", List.of(), attribute("alpha", (float) layer.slope()));
    }

    @Override
    public Void tanh(Layer.Tanh layer) {
        return append("Tanh", List.of());
    }

    @Override
    public Void residual(Layer.Residual layer) {
        String input = value;
        layer.body().forEach(inner -> inner.fold(this));
        return append("Add", List.of(input));
    }

    private Void append(String operator, List<String> otherInputs, AttributeProto... attributes) {
        List<String> inputs = new ArrayList<>(List.of(value));
        inputs.addAll(otherInputs);
        value = graph.node(operator, inputs, attributes);
        return null;
    }

    private List<String> nextWeights(Layer.Weighted layer) {
        int index = weightedLayers++;
        String weight = Network.weightName(index);
        String bias = Network.biasName(index);
        return List.of(learned(weight, layer.weightShape()), learned(bias, List.of(layer.outputChannels())));
    }

    /** A learned array as a constant of the precision, and behind it what widens it to float32. */
    private String learned(String name, List<Integer> shape) {
        try (NDArray array = weights.get(name).toType(precision.arrayType(), true)) {
            graph.constant(name, precision.onnxType(), ByteString.copyFrom(array.toByteBuffer()), shape);
        }
        return precision == Precision.FLOAT32
                ? name
                : graph.node("Cast", List.of(name), attribute("to", TensorProto.DataType.FLOAT.getNumber()));
    }

    private static List<Long> pair(long value) {
        return List.of(value, value);
    }
}
