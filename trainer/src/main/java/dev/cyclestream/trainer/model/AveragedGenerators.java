package dev.cyclestream.trainer.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cyclestream.trainer.domain.PerDirection;
import dev.cyclestream.trainer.pytorch.NativeProgram;
import dev.cyclestream.trainer.pytorch.TrainableNetwork;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two generators whose weights follow those of the trained ones as exponential moving averages, so that the last steps'
 * jitter is averaged out (Yazici et al., ICLR 2019). Owns their native memory.
 */
public final class AveragedGenerators implements AutoCloseable {

    /** Names of the averaged networks, and of their files. */
    public static final List<String> NAMES = List.of("g_ab_average", "g_ba_average");

    private static final String PARAMETERS = "averages: List[Tensor], weights: List[Tensor], share: float";
    private static final String FOLLOW = "    torch._foreach_lerp_(averages, weights, share)\n";

    private final double decay;
    private final CycleGan followed;
    private final TrainableNetwork aToB;
    private final TrainableNetwork bToA;
    private final NativeProgram follow;

    private AveragedGenerators(double decay, CycleGan followed, List<Map<String, NDArray>> weights, NDManager manager) {
        this.decay = decay;
        this.followed = followed;
        aToB = TrainableNetwork.of(followed.generatorAToB().network(), manager, weights.get(0));
        bToA = TrainableNetwork.of(followed.generatorBToA().network(), manager, weights.get(1));
        aToB.setFrozen(true);
        bToA.setFrozen(true);
        follow = new NativeProgram(PARAMETERS, FOLLOW, manager);
    }

    /**
     * Averages of generators, if any are to be kept.
     *
     * @param decay how much of the averages a step keeps; 0 keeps none
     * @param known the learned arrays of networks by their names; averages that are not among them begin as the generators are
     */
    static Optional<AveragedGenerators> of(
            double decay, CycleGan followed, Map<String, Map<String, NDArray>> known, NDManager manager) {
        if (decay == 0) {
            return Optional.empty();
        }
        List<Map<String, NDArray>> weights = List.of(
                known.getOrDefault(NAMES.get(0), followed.generatorAToB().weights()),
                known.getOrDefault(NAMES.get(1), followed.generatorBToA().weights()));
        return Optional.of(new AveragedGenerators(decay, followed, weights, manager));
    }

    /**
     * Takes in the generators' weights. Early on the average is short, so that it forgets where training began.
     *
     * @param stepsTaken by the optimisers, this step included
     */
    public void follow(long stepsTaken) {
        double kept = Math.min(decay, (1.0 + stepsTaken) / (10.0 + stepsTaken));
        follow.run(List.of(aToB.parameters(), followed.generatorAToB().parameters()), 1 - kept);
        follow.run(List.of(bToA.parameters(), followed.generatorBToA().parameters()), 1 - kept);
    }

    /** Both averaged generators. */
    public PerDirection<TrainableNetwork> generators() {
        return new PerDirection<>(aToB, bToA);
    }

    /** The averaged networks by the names of their files. */
    public Map<String, TrainableNetwork> networks() {
        return Map.of(NAMES.get(0), aToB, NAMES.get(1), bToA);
    }

    @Override
    public void close() {
        follow.close();
        aToB.close();
        bToA.close();
    }
}
