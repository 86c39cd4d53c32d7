package dev.cyclestream.trainer.pytorch;

import dev.cyclestream.trainer.network.Layer;
import dev.cyclestream.trainer.network.Layer.TransposedConvolution;
import dev.cyclestream.trainer.network.Network;

/**
 * Writes a network as the text of a TorchScript program.
 *
 * <p>DJL's own operators lack reflection padding, transposed convolution and instance norm, and each is a native call.
 * As TorchScript a whole forward pass is one call on PyTorch's own operators, in any floating point type, and autograd
 * runs through it. The program holds no numbers: the weights are an argument, a list in the order of
 * {@link Network#parameterNames()}.
 */
final class TorchScript {

    private static final String HEADER = """
              def forward(self: __torch__.Program, x: Tensor, weights: List[Tensor]) -> Tensor:
            """;

    private static final int NO_DILATION = 1;

    private TorchScript() {}

    /** The program: one statement a layer. */
    static String source(Network network) {
        Statements statements = new Statements();
        network.layers().forEach(layer -> layer.fold(statements));
        return HEADER + statements.text + "    return " + statements.value + "\n";
    }

    /** Appends one statement for each layer; every case returns nothing. */
    private static final class Statements implements Layer.Cases<Void> {
        private final StringBuilder text = new StringBuilder();
        private String value = "x";
        private int variables;
        private int weights;

        @Override
        public Void reflectionPad(Layer.ReflectionPad layer) {
            int p = layer.padding();
            return assign("torch.reflection_pad2d(%s, [%d, %d, %d, %d])".formatted(value, p, p, p, p));
        }

        @Override
        public Void convolution(Layer.Convolution layer) {
            return assign("torch.conv2d(%s, %s, %s, %s)"
                    .formatted(value, nextWeights(), pair(layer.stride()), pair(layer.padding())));
        }

        @Override
        public Void transposedConvolution(Layer.TransposedConvolution layer) {
            int groups = 1;
            return assign("torch.conv_transpose2d(%s, %s, %s, %s, %s, %d, %s)"
                    .formatted(
                            value,
                            nextWeights(),
                            pair(TransposedConvolution.STRIDE),
                            pair(TransposedConvolution.PADDING),
                            pair(TransposedConvolution.OUTPUT_PADDING),
                            groups,
                            pair(NO_DILATION)));
        }

        @Override
        public Void upsample(Layer.Upsample layer) {
            double factor = Layer.Upsample.FACTOR;
            return assign("torch.upsample_nearest2d(%s, None, [%s, %s])".formatted(value, factor, factor));
        }

        /** A group norm with a group for each channel: the same, without the copies that PyTorch's instance norm makes. */
        @Override
        public Void instanceNorm(Layer.InstanceNorm layer) {
            return assign("torch.group_norm(%s, torch.size(%s, 1), None, None, %s, False)"
                    .formatted(value, value, Layer.InstanceNorm.EPSILON));
        }

        @Override
        public Void relu(Layer.Relu layer) {
            return assign("torch.relu_(%s)".formatted(value));
        }

        @Override
        public Void leakyRelu(Layer.LeakyRelu layer) {
            return assign("torch.leaky_relu_(%s, %s)".formatted(value, layer.slope()));
        }

        @Override
        public Void tanh(Layer.Tanh layer) {
            return assign("torch.tanh(%s)".formatted(value));
        }

        @Override
        public Void residual(Layer.Residual layer) {
            String input = value;
            layer.body().forEach(inner -> inner.fold(this));
            return assign("torch.add(%s, %s)".formatted(input, value));
        }

        /** The same for height and width. */
        private static String pair(int number) {
            return "[%d, %d]".formatted(number, number);
        }

        private Void assign(String expression) {
            value = "v" + variables++;
            text.append("    ").append(value).append(" = ").append(expression).append('\n');
            return null;
        }

        private String nextWeights() {
            int index = weights;
            weights += 2;
            return "weights[%d], weights[%d]".formatted(index, index + 1);
        }
    }
}
