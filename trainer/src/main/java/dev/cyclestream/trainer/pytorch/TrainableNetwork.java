package dev.cyclestream.trainer.pytorch;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.cyclestream.trainer.network.Layer;
import dev.cyclestream.trainer.network.Network;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A network that learns: the DJL block built from its layers, and the weights that it runs with.
 *
 * <p>Owns its native memory; {@link #close()} frees it. Gradients are recorded while a gradient collector is open.
 */
public final class TrainableNetwork implements AutoCloseable {

    private static final float INITIAL_DEVIATION = 0.02f;

    /** DJL hands consecutive arrays of this name to the program as one list. */
    private static final String LIST_ARGUMENT = "weights[]";

    private final Network network;
    private final Model model;
    private final ParameterStore store;
    private final NDList parameters = new NDList();

    private TrainableNetwork(Network network, NDManager manager) {
        this.network = network;
        this.model = NativeProgram.load(TorchScript.source(network), manager);
        this.store = new ParameterStore(model.getNDManager(), false);
    }

    /** A network that knows nothing yet: float32 weights from N(0, 0.02), biases 0, as in the paper (section 7.2). */
    public static TrainableNetwork fresh(Network network, NDManager manager, RandomGenerator random) {
        TrainableNetwork fresh = new TrainableNetwork(network, manager);
        NDManager owner = fresh.model.getNDManager();
        for (Layer.Weighted layer : network.weightedLayers()) {
            Shape shape = shape(layer.weightShape());
            float[] weights = new float[Math.toIntExact(shape.size())];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = INITIAL_DEVIATION * (float) random.nextGaussian();
            }
            fresh.add(owner.create(weights, shape));
            fresh.add(owner.zeros(new Shape(layer.outputChannels())));
        }
        return fresh;
    }

    /**
     * A network with copies of these weights, and of their floating point type.
     *
     * @param weights arrays by the names of {@link Network#parameterNames()}
     * @throws IllegalArgumentException if one is missing or has another shape
     */
    public static TrainableNetwork of(Network network, NDManager manager, Map<String, NDArray> weights) {
        TrainableNetwork loaded = new TrainableNetwork(network, manager);
        List<Layer.Weighted> layers = network.weightedLayers();
        for (int index = 0; index < layers.size(); index++) {
            Layer.Weighted layer = layers.get(index);
            loaded.addCopy(weights, Network.weightName(index), shape(layer.weightShape()));
            loaded.addCopy(weights, Network.biasName(index), new Shape(layer.outputChannels()));
        }
        return loaded;
    }

    private void addCopy(Map<String, NDArray> weights, String name, Shape shape) {
        NDArray given = weights.get(name);
        if (given == null || !given.getShape().equals(shape)) {
            throw new IllegalArgumentException("%s: expected shape %s, found %s"
                    .formatted(name, shape, given == null ? "nothing" : given.getShape()));
        }
        NDArray copy = given.duplicate();
        copy.attach(model.getNDManager());
        add(copy);
    }

    private void add(NDArray parameter) {
        parameter.setName(LIST_ARGUMENT);
        parameter.setRequiresGradient(true);
        parameters.add(parameter);
    }

    /** Runs images (N, C, H, W) through the network; the result belongs to the images' manager. */
    public NDArray forward(NDArray images) {
        NDList arguments = new NDList(images);
        arguments.addAll(parameters);
        return model.getBlock().forward(store, arguments, true).singletonOrThrow();
    }

    /** Stops or starts the recording of gradients for the weights; a frozen network still passes gradients through. */
    public void setFrozen(boolean frozen) {
        parameters.forEach(parameter -> parameter.setRequiresGradient(!frozen));
    }

    public Network network() {
        return network;
    }

    /** The learned arrays, in the order of {@link Network#parameterNames()}; they stay owned by this network. */
    public List<NDArray> parameters() {
        return List.copyOf(parameters);
    }

    /** The learned arrays by the names of {@link Network#parameterNames()}. */
    public Map<String, NDArray> weights() {
        List<String> names = network.parameterNames();
        Map<String, NDArray> weights = new LinkedHashMap<>();
        for (int index = 0; index < names.size(); index++) {
            weights.put(names.get(index), parameters.get(index));
        }
        return weights;
    }

    @Override
    public void close() {
        parameters.close();
        model.close();
    }

    private static Shape shape(List<Integer> dimensions) {
        return new Shape(dimensions.stream().mapToLong(Integer::longValue).toArray());
    }
}
