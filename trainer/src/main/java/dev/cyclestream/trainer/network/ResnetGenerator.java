package dev.cyclestream.trainer.network;

import dev.cyclestream.trainer.network.Layer.Convolution;
import dev.cyclestream.trainer.network.Layer.InstanceNorm;
import dev.cyclestream.trainer.network.Layer.ReflectionPad;
import dev.cyclestream.trainer.network.Layer.Relu;
import dev.cyclestream.trainer.network.Layer.Residual;
import dev.cyclestream.trainer.network.Layer.Tanh;
import dev.cyclestream.trainer.network.Layer.TransposedConvolution;
import dev.cyclestream.trainer.network.Layer.Upsample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The generator: two strided convolutions, residual blocks, two steps back to the full size (paper section 7.2), as the
 * authors' PyTorch code builds it.
 *
 * @param filters channels after the first convolution; 64 in the paper
 * @param blocks residual blocks; in the paper 9 at 256 px, 6 at 128 px and below
 * @param upsampling how the two steps back to the full size are taken; transposed convolution in the paper
 */
public record ResnetGenerator(int filters, int blocks, Upsampling upsampling) {

    /** Of images that it takes: a quarter of it is mirrored at its border by one pixel. */
    public static final int SMALLEST_SIDE = 8;

    /** The step that doubles height and width and halves the channels. Both kinds learn equally many numbers. */
    public enum Upsampling {

        /** One transposed convolution, whose kernel covers some pixels more often than others: it can leave checkerboards. */
        TRANSPOSED_CONVOLUTION {
            @Override
            List<Layer> layers(int channels) {
                return normalised(new TransposedConvolution(channels, channels / 2));
            }
        },

        /** Pixels repeated, then a convolution, which covers all alike (Odena, Dumoulin, Olah, Distill 2016). */
        RESIZE_CONVOLUTION {
            @Override
            List<Layer> layers(int channels) {
                List<Layer> layers = new ArrayList<>(List.of(new Upsample(), new ReflectionPad(1)));
                layers.addAll(normalised(new Convolution(channels, channels / 2, 3, 1, 0)));
                return layers;
            }
        };

        /** From {@code channels} at one size to half as many at twice the size. */
        abstract List<Layer> layers(int channels);

        /** As the command line and the metadata spell it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final int IMAGE_CHANNELS = 3;

    public ResnetGenerator {
        Network.requirePositive("filters", filters);
        Network.requirePositive("blocks", blocks);
    }

    /** A generator that upsamples as the paper does. */
    public static ResnetGenerator ofPaper(int filters, int blocks) {
        return new ResnetGenerator(filters, blocks, Upsampling.TRANSPOSED_CONVOLUTION);
    }

    /** The paper's number of residual blocks for square images of {@code size} pixels a side. */
    public static int blocksForSize(int size) {
        return size <= 128 ? 6 : 9;
    }

    /** Short name, as metadata carries it: {@code resnet-6-blocks-32-filters-transposed-convolution}. */
    public String name() {
        return "resnet-%d-blocks-%d-filters-%s".formatted(blocks, filters, upsampling);
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
        layers.addAll(upsampling.layers(4 * filters));
        layers.addAll(upsampling.layers(2 * filters));
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
