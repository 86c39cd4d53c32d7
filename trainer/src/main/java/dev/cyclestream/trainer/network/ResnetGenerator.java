package dev.cyclestream.trainer.network;

import dev.cyclestream.trainer.network.Layer.Convolution;
import dev.cyclestream.trainer.network.Layer.InstanceNorm;
import dev.cyclestream.trainer.network.Layer.ReflectionPad;
import dev.cyclestream.trainer.network.Layer.Relu;
import dev.cyclestream.trainer.network.Layer.Residual;
import dev.cyclestream.trainer.network.Layer.Tanh;
import dev.cyclestream.trainer.network.Layer.TransposedConvolution;
import java.util.ArrayList;
import java.util.List;

/**
 * The generator: two strided convolutions, residual blocks, two transposed convolutions (paper section 7.2), as the
 * authors' PyTorch code builds it.
 *
 * @param filters channels after the first convolution; 64 in the paper
 * @param blocks residual blocks; in the paper 9 at 256 px, 6 at 128 px and below
 */
public record ResnetGenerator(int filters, int blocks) {

    private static final int IMAGE_CHANNELS = 3;

    public ResnetGenerator {
        Architecture.requirePositive("filters", filters);
        Architecture.requirePositive("blocks", blocks);
    }

    /** The paper's number of residual blocks for square images of {@code size} pixels a side. */
    public static int blocksForSize(int size) {
        return size <= 128 ? 6 : 9;
    }

    /** Short name, as metadata carries it: {@code resnet-6-blocks-32-filters}. */
    public String name() {
        return "resnet-%d-blocks-%d-filters".formatted(blocks, filters);
    }

    /** Translates images: (N, 3, H, W) in [-1, 1] to the same shape and range; H and W are multiples of 4. */
    public Network network() {
        List<Layer> layers = new ArrayList<>();
        layers.add(new ReflectionPad(3));
        layers.addAll(normalised(new Convolution(IMAGE_CHANNELS, filters, 7, 1, 0)));
        layers.addAll(normalised(new Convolution(filters, 2 * filters, 3, 2, 1)));
        layers.addAll(normalised(new Convolution(2 * filters, 4 * filters, 3, 2, 1)));
        for (int block = 0; block < blocks; block++) {
            layers.add(residual(4 * filters));
        }
        layers.addAll(normalised(new TransposedConvolution(4 * filters, 2 * filters)));
        layers.addAll(normalised(new TransposedConvolution(2 * filters, filters)));
        layers.add(new ReflectionPad(3));
        layers.add(new Convolution(filters, IMAGE_CHANNELS, 7, 1, 0));
        layers.add(new Tanh());
        return new Network(layers);
    }

    private static Residual residual(int channels) {
        Convolution convolution = new Convolution(channels, channels, 3, 1, 0);
        List<Layer> body = new ArrayList<>();
        body.add(new ReflectionPad(1));
        body.addAll(normalised(convolution));
        body.add(new ReflectionPad(1));
        body.add(convolution);
        body.add(new InstanceNorm(channels));
        return new Residual(body);
    }

    private static List<Layer> normalised(Layer.Weighted convolution) {
        return List.of(convolution, new InstanceNorm(convolution.outputChannels()), new Relu());
    }
}
