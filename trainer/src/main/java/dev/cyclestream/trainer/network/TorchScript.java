package dev.cyclestream.trainer.network;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a network as a TorchScript archive, the program that DJL's PyTorch engine runs.
 *
 * <p>DJL's own operators lack reflection padding, transposed convolution and instance norm, and each is a native call.
 * As TorchScript a whole forward pass is one call on PyTorch's own operators, in any floating point type, and autograd
 * runs through it. The archive holds code only: the weights are an argument, a list in the order of
 * {@link Network#parameterNames()}.
 */
final class TorchScript {

    private static final String HEADER = """
            class Network(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def forward(self: __torch__.Network, x: Tensor, weights: List[Tensor]) -> Tensor:
            """;

    /** A pickled instance of {@code __torch__.Network} whose only attribute is {@code training = True}. */
    private static final String PICKLED_MODULE =
            "\u0080\u0002c__torch__\nNetwork\n)\u0081}(X\u0008\u0000\u0000\u0000training\u0088ub.";

    /** A pickled empty tuple: the program has no constant tensors. */
    private static final String PICKLED_CONSTANTS = "\u0080\u0002).";

    private static final String FORMAT_VERSION = "3\n";

    private TorchScript() {}

    /** The archive as bytes: a zip of stored entries. */
    static byte[] archive(Network network) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            store(zip, "network/data.pkl", PICKLED_MODULE.getBytes(StandardCharsets.ISO_8859_1));
            store(zip, "network/code/__torch__.py", source(network).getBytes(StandardCharsets.UTF_8));
            store(zip, "network/constants.pkl", PICKLED_CONSTANTS.getBytes(StandardCharsets.ISO_8859_1));
            store(zip, "network/version", FORMAT_VERSION.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The program's text: one statement a layer. */
    static String source(Network network) {
        Statements statements = new Statements();
        network.layers().forEach(layer -> layer.fold(statements));
        return HEADER + statements.text + "    return " + statements.value + "\n";
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setCrc(crc.getValue());
        entry.setSize(content.length);
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
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
            return assign("torch.conv2d(%s, %s, [%d, %d], [%d, %d])"
                    .formatted(value, nextWeights(), layer.stride(), layer.stride(), layer.padding(), layer.padding()));
        }

        @Override
        public Void transposedConvolution(Layer.TransposedConvolution layer) {
            return assign("torch.conv_transpose2d(%s, %s, [2, 2], [1, 1], [1, 1], 1, [1, 1])"
                    .formatted(value, nextWeights()));
        }

        @Override
        public Void instanceNorm(Layer.InstanceNorm layer) {
            return assign("torch.instance_norm(%s, None, None, None, None, True, 0., %s, False)"
                    .formatted(value, Layer.InstanceNorm.EPSILON));
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
