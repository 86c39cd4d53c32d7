package dev.cyclestream.trainer.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cyclestream.trainer.data.ImagePool;
import dev.cyclestream.trainer.domain.PerDirection;
import dev.cyclestream.trainer.domain.PerDomain;
import dev.cyclestream.trainer.pytorch.Adam;
import dev.cyclestream.trainer.pytorch.FiniteNumbers;
import dev.cyclestream.trainer.pytorch.TrainableNetwork;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * All that changes while training: networks, optimisers, pools and the number of steps taken. Randomness is not part of
 * it, since every step draws from the seed and its number. Owns its native memory.
 */
public final class TrainingState implements AutoCloseable {

    private final CycleGan model;
    private final Optimizers optimizers;
    private final PerDomain<ImagePool> pools;
    private final TrainingStep step;
    private final Optional<DomainClassification> classification;
    private final Optional<AveragedGenerators> averages;
    private long stepsTaken;

    private TrainingState(
            TrainingSettings settings,
            NDManager manager,
            CycleGan model,
            Optional<DomainClassification> classification,
            Optional<AveragedGenerators> averages) {
        int poolSize = settings.images().poolSize();
        this.model = model;
        this.optimizers = Optimizers.of(model, manager, settings.optimization().betas());
        this.pools = new PerDomain<>(new ImagePool(poolSize, manager), new ImagePool(poolSize, manager));
        this.step = new TrainingStep(
                model,
                settings.objective(),
                optimizers,
                pools,
                settings.images().discriminatorAugmentation(),
                classification);
        this.classification = classification;
        this.averages = averages;
    }

    /**
     * The state after some steps, with optimisers and pools that know nothing yet.
     *
     * @param known the learned arrays of networks by their names; the others begin with fresh weights, averages as their
     *     generators are
     */
    public static TrainingState of(
            TrainingSettings settings, Map<String, Map<String, NDArray>> known, long stepsTaken, NDManager manager) {
        CycleGan model = CycleGan.begin(settings.architecture(), manager, settings.seed(), known);
        TrainingState state = new TrainingState(
                settings,
                manager,
                model,
                classification(settings, known, manager),
                AveragedGenerators.of(settings.optimization().averageDecay(), model, known, manager));
        state.stepsTaken = stepsTaken;
        return state;
    }

    private static Optional<DomainClassification> classification(
            TrainingSettings settings, Map<String, Map<String, NDArray>> known, NDManager manager) {
        if (!settings.objective().classifiesDomains()) {
            return Optional.empty();
        }
        return Optional.of(
                known.containsKey(DomainClassification.NAME)
                        ? DomainClassification.of(settings, known.get(DomainClassification.NAME), manager)
                        : DomainClassification.fresh(settings, manager));
    }

    /**
     * Makes sure that all weights are numbers: a step whose losses were finite can still have spoilt them.
     *
     * @throws TrainingDivergedException that names the network
     */
    public void requireFinite() {
        for (Map.Entry<String, TrainableNetwork> network : networks().entrySet()) {
            if (FiniteNumbers.missingFrom(network.getValue().weights()).isPresent()) {
                throw new TrainingDivergedException(
                        "step %d: the weights of %s are no finite numbers".formatted(stepsTaken, network.getKey()));
            }
        }
    }

    /** The generators that are to be looked at and exported: the averaged ones, if there are any. */
    public PerDirection<TrainableNetwork> generators() {
        return averages.map(AveragedGenerators::generators).orElseGet(model::generators);
    }

    /** All networks by the names of their files. */
    public Map<String, TrainableNetwork> networks() {
        Map<String, TrainableNetwork> networks = new LinkedHashMap<>(model.networks());
        classification.ifPresent(learner -> networks.put(DomainClassification.NAME, learner.classifier()));
        averages.ifPresent(generators -> networks.putAll(generators.networks()));
        return networks;
    }

    /** All optimisers by the names of their files. */
    public Map<String, Adam> optimizers() {
        Map<String, Adam> adams = new LinkedHashMap<>();
        adams.put("adam_generators", optimizers.generators());
        adams.put("adam_discriminators", optimizers.discriminators());
        classification.ifPresent(learner -> adams.put("adam_domain_classifier", learner.optimizer()));
        return adams;
    }

    /** Both pools of fakes by the names of their files. */
    public Map<String, ImagePool> pools() {
        return Map.of("pool_a", pools.a(), "pool_b", pools.b());
    }

    public TrainingStep step() {
        return step;
    }

    public long stepsTaken() {
        return stepsTaken;
    }

    /** To be called after each step. */
    public void countStep() {
        stepsTaken++;
        averages.ifPresent(generators -> generators.follow(stepsTaken));
    }

    @Override
    public void close() {
        pools.a().close();
        pools.b().close();
        optimizers.close();
        averages.ifPresent(AveragedGenerators::close);
        classification.ifPresent(DomainClassification::close);
        model.close();
    }
}
