package dev.cyclestream.trainer.network;

import dev.cyclestream.failure.WrongSetUpException;
import java.util.ArrayList;
import java.util.List;

/** A network as data: its layers in the order in which an image runs through them. */
public record Network(List<Layer> layers) {

    public Network {
        layers = List.copyOf(layers);
    }

    /** The layers that carry weights, residual bodies included, in the order in which an image meets them. */
    public List<Layer.Weighted> weightedLayers() {
        List<Layer.Weighted> found = new ArrayList<>();
        collectWeighted(layers, found);
        return List.copyOf(found);
    }

    /** Names of the learned arrays, a weight and a bias for each weighted layer: {@code conv_00.weight}, ... */
    public List<String> parameterNames() {
        List<String> names = new ArrayList<>();
        for (int index = 0; index < weightedLayers().size(); index++) {
            names.add(weightName(index));
            names.add(biasName(index));
        }
        return List.copyOf(names);
    }

    /** Name of the weight of the weighted layer at {@code index}. */
    public static String weightName(int index) {
        return "conv_%02d.weight".formatted(index);
    }

    /** Name of the bias of the weighted layer at {@code index}. */
    public static String biasName(int index) {
        return "conv_%02d.bias".formatted(index);
    }

    /** Refuses a number of filters, layers or blocks below 1. */
    static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new WrongSetUpException("%s: expected at least 1, found %d".formatted(name, value));
        }
    }

    private static void collectWeighted(List<Layer> layers, List<Layer.Weighted> found) {
        for (Layer layer : layers) {
            if (layer instanceof Layer.Weighted weighted) {
                found.add(weighted);
            } else if (layer instanceof Layer.Residual residual) {
                collectWeighted(residual.body(), found);
            }
        }
    }
}
