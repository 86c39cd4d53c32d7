package dev.cyclestream.trainer.network;

import java.util.List;

/**
 * One layer of a network, as data. Images run through in layout (N, C, H, W).
 *
 * <p>A new layer is one record here and one case in each {@link Cases}: the compiler asks for them.
 */
public sealed interface Layer {

    /** Calls the case for this layer. */
    <T> T fold(Cases<T> cases);

    /** One function for each kind of layer. */
    interface Cases<T> {
        T reflectionPad(ReflectionPad layer);

        T convolution(Convolution layer);

        T transposedConvolution(TransposedConvolution layer);

        T upsample(Upsample layer);

        T instanceNorm(InstanceNorm layer);

        T relu(Relu layer);

        T leakyRelu(LeakyRelu layer);

        T tanh(Tanh layer);

        T residual(Residual layer);
    }

    /** A layer with a weight and a bias that are learned. */
    sealed interface Weighted extends Layer {
        int inputChannels();

        int outputChannels();

        int kernel();

        /** Shape of the weight as PyTorch and ONNX lay it out. */
        List<Integer> weightShape();
    }

    /** Mirrors {@code padding} rows and columns at each border, the border itself excluded. */
    record ReflectionPad(int padding) implements Layer {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.reflectionPad(this);
        }
    }

    /** Convolution with bias and zero padding; weight (output, input, kernel, kernel). */
    record Convolution(int inputChannels, int outputChannels, int kernel, int stride, int padding) implements Weighted {
        @Override
        public List<Integer> weightShape() {
            return List.of(outputChannels, inputChannels, kernel, kernel);
        }

        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.convolution(this);
        }
    }

    /**
     * Transposed convolution with bias that doubles height and width: kernel 3, stride 2, padding 1, output padding 1;
     * weight (input, output, 3, 3).
     */
    record TransposedConvolution(int inputChannels, int outputChannels) implements Weighted {
        public static final int KERNEL = 3;
        public static final int STRIDE = 2;
        public static final int PADDING = 1;
        public static final int OUTPUT_PADDING = 1;

        @Override
        public int kernel() {
            return KERNEL;
        }

        @Override
        public List<Integer> weightShape() {
            return List.of(inputChannels, outputChannels, kernel(), kernel());
        }

        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.transposedConvolution(this);
        }
    }

    /** Doubles height and width by repeating every pixel: nearest neighbour. */
    record Upsample() implements Layer {
        public static final int FACTOR = 2;

        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.upsample(this);
        }
    }

    /** Normalises each channel of each image over its pixels; nothing learned, no running statistics. */
    record InstanceNorm(int channels) implements Layer {
        public static final double EPSILON = 1e-5;

        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.instanceNorm(this);
        }
    }

    /** {@code max(x, 0)}. */
    record Relu() implements Layer {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.relu(this);
        }
    }

    /** {@code x} where positive, {@code slope * x} elsewhere. */
    record LeakyRelu(double slope) implements Layer {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.leakyRelu(this);
        }
    }

    /** Hyperbolic tangent. */
    record Tanh() implements Layer {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.tanh(this);
        }
    }

    /** {@code x + body(x)}; the body keeps the shape. */
    record Residual(List<Layer> body) implements Layer {
        public Residual {
            body = List.copyOf(body);
        }

        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.residual(this);
        }
    }
}
