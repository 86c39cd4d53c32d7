package dev.cyclestream.trainer.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cyclestream.trainer.data.Seed;
import dev.cyclestream.trainer.domain.Direction;
import dev.cyclestream.trainer.domain.Domain;
import dev.cyclestream.trainer.domain.PerDirection;
import dev.cyclestream.trainer.network.Architecture;
import dev.cyclestream.trainer.network.Network;
import dev.cyclestream.trainer.pytorch.TrainableNetwork;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** The four networks that learn together. Owns their native memory. */
public final class CycleGan implements AutoCloseable {

    private static final String G_AB = "g_ab";
    private static final String G_BA = "g_ba";
    private static final String D_A = "d_a";
    private static final String D_B = "d_b";

    /** Names of the networks, and of their files: {@code g_ab}, {@code g_ba}, {@code d_a}, {@code d_b}. */
    public static final List<String> NAMES = List.of(G_AB, G_BA, D_A, D_B);

    private final TrainableNetwork generatorAToB;
    private final TrainableNetwork generatorBToA;
    private final TrainableNetwork discriminatorA;
    private final TrainableNetwork discriminatorB;

    private CycleGan(Architecture architecture, BiFunction<String, Network, TrainableNetwork> build) {
        Network generator = architecture.generator().network();
        Network discriminator = architecture.discriminator().network();
        generatorAToB = build.apply(G_AB, generator);
        generatorBToA = build.apply(G_BA, generator);
        discriminatorA = build.apply(D_A, discriminator);
        discriminatorB = build.apply(D_B, discriminator);
    }

    /** The name of a direction's generator. */
    public static String generatorName(Direction direction) {
        return switch (direction) {
            case A_TO_B -> G_AB;
            case B_TO_A -> G_BA;
        };
    }

    /** Networks that know nothing yet. */
    public static CycleGan fresh(Architecture architecture, NDManager manager, Seed seed) {
        return begin(architecture, manager, seed, Map.of());
    }

    /**
     * Networks that know nothing yet, except some.
     *
     * @param known the learned arrays of those, by the names of the networks
     */
    public static CycleGan begin(
            Architecture architecture, NDManager manager, Seed seed, Map<String, Map<String, NDArray>> known) {
        return new CycleGan(
                architecture,
                (name, network) -> known.containsKey(name)
                        ? TrainableNetwork.of(network, manager, known.get(name))
                        : TrainableNetwork.fresh(
                                network, manager, seed.stream(Seed.Purpose.WEIGHTS, NAMES.indexOf(name))));
    }

    /**
     * Networks with weights from elsewhere.
     *
     * @param weights gives the learned arrays of a network for its name, see {@link #networks()}
     */
    public static CycleGan of(
            Architecture architecture, NDManager manager, Function<String, Map<String, NDArray>> weights) {
        return new CycleGan(
                architecture, (name, network) -> TrainableNetwork.of(network, manager, weights.apply(name)));
    }

    /** The networks by the names of their files: {@code g_ab}, {@code g_ba}, {@code d_a}, {@code d_b}. */
    public Map<String, TrainableNetwork> networks() {
        Map<String, TrainableNetwork> networks = new LinkedHashMap<>();
        networks.put(G_AB, generatorAToB);
        networks.put(G_BA, generatorBToA);
        networks.put(D_A, discriminatorA);
        networks.put(D_B, discriminatorB);
        return networks;
    }

    /** Both generators. */
    public PerDirection<TrainableNetwork> generators() {
        return new PerDirection<>(generatorAToB, generatorBToA);
    }

    public TrainableNetwork generatorAToB() {
        return generatorAToB;
    }

    public TrainableNetwork generatorBToA() {
        return generatorBToA;
    }

    public TrainableNetwork discriminatorA() {
        return discriminatorA;
    }

    public TrainableNetwork discriminatorB() {
        return discriminatorB;
    }

    /** The discriminator that judges images of a domain. */
    TrainableNetwork discriminator(Domain domain) {
        return domain == Domain.A ? discriminatorA : discriminatorB;
    }

    /** The parameters of both generators, which the first optimiser moves. */
    List<NDArray> generatorParameters() {
        return Stream.concat(generatorAToB.parameters().stream(), generatorBToA.parameters().stream())
                .toList();
    }

    /** The parameters of both discriminators, which the second optimiser moves. */
    List<NDArray> discriminatorParameters() {
        return Stream.concat(discriminatorA.parameters().stream(), discriminatorB.parameters().stream())
                .toList();
    }

    void setDiscriminatorsFrozen(boolean frozen) {
        discriminatorA.setFrozen(frozen);
        discriminatorB.setFrozen(frozen);
    }

    @Override
    public void close() {
        networks().values().forEach(TrainableNetwork::close);
    }
}
