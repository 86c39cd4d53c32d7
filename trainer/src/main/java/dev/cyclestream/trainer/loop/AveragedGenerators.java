package dev.cyclestream.trainer.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cyclestream.trainer.pytorch.NativeProgram;
import dev.cyclestream.trainer.pytorch.TrainableNetwork;
import java.util.List;
import java.util.Map;

/**
 * Two generators whose weights follow those of the trained ones as exponential moving averages, so that the last steps'
 * jitter is averaged out (Yazici et al., ICLR 2019). Owns their native memory.
 */
final class AveragedGenerators implements AutoCloseable {

    static final List<String> NAMES = List.of("g_ab_average", "g_ba_average");

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

    /** Averages that begin as the generators are. */
    static AveragedGenerators begin(double decay, CycleGan followed, NDManager manager) {
        return of(
                decay,
                followed,
                List.of(
                        followed.generatorAToB().weights(),
                        followed.generatorBToA().weights()),
                manager);
    }

    /** Averages that go on from the given weights, in the order of {@link #NAMES}. */
    static AveragedGenerators of(
            double decay, CycleGan followed, List<Map<String, NDArray>> weights, NDManager manager) {
        return new AveragedGenerators(decay, followed, weights, manager);
    }

    /**
     * Takes in the generators' weights. Early on the average is short, so that it forgets where training began.
     *
     * @param stepsTaken by the optimisers, this step included
     */
    void follow(long stepsTaken) {
        double kept = Math.min(decay, (1.0 + stepsTaken) / (10.0 + stepsTaken));
        follow.run(List.of(aToB.parameters(), followed.generatorAToB().parameters()), 1 - kept);
        follow.run(List.of(bToA.parameters(), followed.generatorBToA().parameters()), 1 - kept);
    }

    Generators generators() {
        return new Generators(aToB, bToA);
    }

    /** The averaged networks by the names of their files. */
    Map<String, TrainableNetwork> networks() {
        return Map.of(NAMES.get(0), aToB, NAMES.get(1), bToA);
    }

    @Override
    public void close() {
        follow.close();
        aToB.close();
        bToA.close();
    }
}
