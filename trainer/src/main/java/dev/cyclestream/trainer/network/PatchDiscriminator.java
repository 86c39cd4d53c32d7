package dev.cyclestream.trainer.network;

import dev.cyclestream.trainer.network.Layer.Convolution;
import dev.cyclestream.trainer.network.Layer.InstanceNorm;
import dev.cyclestream.trainer.network.Layer.LeakyRelu;
import java.util.ArrayList;
import java.util.List;

/**
 * The discriminator: a PatchGAN that scores overlapping patches (paper section 4), as the authors' PyTorch code builds it.
 *
 * @param filters channels after the first convolution; 64 in the paper
 * @param layers normalised convolutions after the first; 3 in the paper gives patches of 70 x 70
 */
public record PatchDiscriminator(int filters, int layers) {

    /** Layers in the paper. */
    public static final int PAPER_LAYERS = 3;

    private static final int IMAGE_CHANNELS = 3;
    private static final int MOST_CHANNELS = 8; // in multiples of the filters
    private static final double LEAKY_SLOPE = 0.2;

    public PatchDiscriminator {
        Network.requirePositive("discriminator filters", filters);
        Network.requirePositive("discriminator layers", layers);
    }

    /** The smallest side of images that it can judge: each layer but the last two halves it, and those take one pixel each. */
    public int smallestSide() {
        return 3 << layers;
    }

    /** Scores, any real numbers, no sigmoid: (N, 3, H, W) to (N, 1, h, w); 256 x 256 gives 30 x 30 at 3 layers. */
    public Network network() {
        List<Layer> network = new ArrayList<>();
        network.add(new Convolution(IMAGE_CHANNELS, filters, 4, 2, 1));
        network.add(new LeakyRelu(LEAKY_SLOPE));
        int channels = filters;
        for (int layer = 1; layer <= layers; layer++) {
            int next = filters * Math.min(1 << layer, MOST_CHANNELS);
            int stride = layer < layers ? 2 : 1;
            network.add(new Convolution(channels, next, 4, stride, 1));
            network.add(new InstanceNorm(next));
            network.add(new LeakyRelu(LEAKY_SLOPE));
            channels = next;
        }
        network.add(new Convolution(channels, 1, 4, 1, 1));
        return new Network(network);
    }
}
