package dev.cyclestream.trainer.network;

/**
 * The cost of a network.
 *
 * @param parameters learned numbers, biases included
 * @param multiplyAdds multiply-add operations of all convolutions for one image
 */
public record NetworkCost(long parameters, long multiplyAdds) {

    /** Counts the cost of one image of {@code height} x {@code width} pixels. */
    public static NetworkCost of(Network network, int height, int width) {
        Counter counter = new Counter(height, width);
        network.layers().forEach(layer -> layer.fold(counter));
        return new NetworkCost(counter.parameters, counter.multiplyAdds);
    }

    /** Follows height and width through the layers; every case returns nothing. */
    private static final class Counter implements Layer.Cases<Void> {
        private long height;
        private long width;
        private long parameters;
        private long multiplyAdds;

        private Counter(long height, long width) {
            this.height = height;
            this.width = width;
        }

        @Override
        public Void reflectionPad(Layer.ReflectionPad layer) {
            height += 2L * layer.padding();
            width += 2L * layer.padding();
            return null;
        }

        @Override
        public Void convolution(Layer.Convolution layer) {
            height = (height + 2L * layer.padding() - layer.kernel()) / layer.stride() + 1;
            width = (width + 2L * layer.padding() - layer.kernel()) / layer.stride() + 1;
            count(layer, height * width);
            return null;
        }

        @Override
        public Void transposedConvolution(Layer.TransposedConvolution layer) {
            count(layer, height * width);
            height *= Layer.TransposedConvolution.STRIDE;
            width *= Layer.TransposedConvolution.STRIDE;
            return null;
        }

        @Override
        public Void upsample(Layer.Upsample layer) {
            height *= Layer.Upsample.FACTOR;
            width *= Layer.Upsample.FACTOR;
            return null;
        }

        @Override
        public Void instanceNorm(Layer.InstanceNorm layer) {
            return null;
        }

        @Override
        public Void relu(Layer.Relu layer) {
            return null;
        }

        @Override
        public Void leakyRelu(Layer.LeakyRelu layer) {
            return null;
        }

        @Override
        public Void tanh(Layer.Tanh layer) {
            return null;
        }

        @Override
        public Void residual(Layer.Residual layer) {
            layer.body().forEach(inner -> inner.fold(this));
            return null;
        }

        private void count(Layer.Weighted layer, long positions) {
            long weights = (long) layer.inputChannels() * layer.outputChannels() * layer.kernel() * layer.kernel();
            parameters += weights + layer.outputChannels();
            multiplyAdds += weights * positions;
        }
    }
}
