package dev.cyclestream.trainer.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.cyclestream.trainer.data.ImagePool;
import dev.cyclestream.trainer.pytorch.Adam;
import dev.cyclestream.trainer.pytorch.FiniteNumbers;
import dev.cyclestream.trainer.pytorch.TrainableNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that changes while training: networks, optimisers, pools and the number of steps taken. Randomness is not part of
 * it, since every step draws from the seed and its number. Owns its native memory.
 */
final class TrainingState implements AutoCloseable {

    static final String STEP_FILE = "step";
    private static final String GENERATORS_FILE = "adam_generators.npz";
    private static final String DISCRIMINATORS_FILE = "adam_discriminators.npz";
    private static final String POOL_A_FILE = "pool_a.npz";
    private static final String POOL_B_FILE = "pool_b.npz";

    private final CycleGan model;
    private final Optimizers optimizers;
    private final TrainingStep.Pools pools;
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
        this.pools = new TrainingStep.Pools(new ImagePool(poolSize, manager), new ImagePool(poolSize, manager));
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
     * The state before the first step.
     *
     * @param known what networks begin with instead of fresh weights, by their names
     */
    static TrainingState initial(
            TrainingSettings settings, Map<String, Map<String, NDArray>> known, NDManager manager) {
        CycleGan model = CycleGan.begin(settings.architecture(), manager, settings.seed(), known);
        double decay = settings.optimization().averageDecay();
        return new TrainingState(
                settings,
                manager,
                model,
                classification(settings, known, manager),
                decay == 0 ? Optional.empty() : Optional.of(AveragedGenerators.begin(decay, model, manager)));
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

    /** The state that was written to a folder. */
    static TrainingState read(Path folder, TrainingSettings settings, NDManager manager) throws IOException {
        SavedStates.verify(folder);
        try (NDManager scope = manager.newSubManager()) {
            Map<String, Map<String, NDArray>> weights = new LinkedHashMap<>();
            for (String name : CycleGan.NAMES) {
                weights.put(name, SavedStates.weights(folder, name, scope));
            }
            CycleGan model = CycleGan.of(settings.architecture(), manager, weights::get);
            long stepsTaken = SavedStates.steps(folder);
            TrainingState state = new TrainingState(
                    settings,
                    manager,
                    model,
                    classification(folder, stepsTaken, settings, manager),
                    averages(folder, settings, manager, model, scope));
            state.stepsTaken = stepsTaken;
            state.restore(state.optimizers.generators(), folder.resolve(GENERATORS_FILE), scope);
            state.restore(state.optimizers.discriminators(), folder.resolve(DISCRIMINATORS_FILE), scope);
            state.pools.fakesA().restore(list(folder.resolve(POOL_A_FILE), scope));
            state.pools.fakesB().restore(list(folder.resolve(POOL_B_FILE), scope));
            return state;
        }
    }

    private static Optional<DomainClassification> classification(
            Path folder, long stepsTaken, TrainingSettings settings, NDManager manager) throws IOException {
        return settings.objective().classifiesDomains()
                ? Optional.of(DomainClassification.read(folder, stepsTaken, settings, manager))
                : Optional.empty();
    }

    private static Optional<AveragedGenerators> averages(
            Path folder, TrainingSettings settings, NDManager manager, CycleGan model, NDManager scope)
            throws IOException {
        double decay = settings.optimization().averageDecay();
        if (decay == 0) {
            return Optional.empty();
        }
        List<Map<String, NDArray>> weights = new ArrayList<>();
        for (String name : AveragedGenerators.NAMES) {
            weights.add(SavedStates.weights(folder, name, scope));
        }
        return Optional.of(AveragedGenerators.of(decay, model, weights, manager));
    }

    private void restore(Adam optimizer, Path file, NDManager scope) throws IOException {
        optimizer.restore(stepsTaken, list(file, scope));
    }

    /**
     * Makes sure that all weights are numbers: a step whose losses were finite can still have spoilt them.
     *
     * @throws TrainingDivergedException that names the network
     */
    void requireFinite() {
        for (Map.Entry<String, TrainableNetwork> network : networks().entrySet()) {
            if (FiniteNumbers.missingFrom(network.getValue().weights()).isPresent()) {
                throw new TrainingDivergedException(
                        "step %d: the weights of %s are no finite numbers".formatted(stepsTaken, network.getKey()));
            }
        }
    }

    /** Writes all files into a folder that exists. */
    void write(Path folder) throws IOException {
        for (Map.Entry<String, TrainableNetwork> network : networks().entrySet()) {
            ArrayFile.write(
                    folder.resolve(SavedStates.weightsFile(network.getKey())),
                    network.getValue().weights());
        }
        ArrayFile.write(
                folder.resolve(GENERATORS_FILE),
                numbered(optimizers.generators().moments()));
        ArrayFile.write(
                folder.resolve(DISCRIMINATORS_FILE),
                numbered(optimizers.discriminators().moments()));
        if (classification.isPresent()) {
            ArrayFile.write(
                    folder.resolve(DomainClassification.MOMENTS_FILE),
                    numbered(classification.get().moments()));
        }
        ArrayFile.write(folder.resolve(POOL_A_FILE), numbered(pools.fakesA().images()));
        ArrayFile.write(folder.resolve(POOL_B_FILE), numbered(pools.fakesB().images()));
        Files.writeString(folder.resolve(STEP_FILE), stepsTaken + "\n");
    }

    /** The generators that are to be looked at and exported: the averaged ones, if there are any. */
    Generators generators() {
        return averages.map(AveragedGenerators::generators).orElseGet(model::generators);
    }

    /** All networks by the names of their files. */
    Map<String, TrainableNetwork> networks() {
        Map<String, TrainableNetwork> networks = new LinkedHashMap<>(model.networks());
        classification.ifPresent(learner -> networks.put(DomainClassification.NAME, learner.classifier()));
        averages.ifPresent(generators -> networks.putAll(generators.networks()));
        return networks;
    }

    TrainingStep step() {
        return step;
    }

    long stepsTaken() {
        return stepsTaken;
    }

    /** To be called after each step. */
    void countStep() {
        stepsTaken++;
        averages.ifPresent(generators -> generators.follow(stepsTaken));
    }

    @Override
    public void close() {
        pools.close();
        optimizers.close();
        averages.ifPresent(AveragedGenerators::close);
        classification.ifPresent(DomainClassification::close);
        model.close();
    }

    private static NDList list(Path file, NDManager scope) throws IOException {
        return new NDList(ArrayFile.read(file, scope).values());
    }

    private static Map<String, NDArray> numbered(List<NDArray> arrays) {
        Map<String, NDArray> named = new LinkedHashMap<>();
        for (int index = 0; index < arrays.size(); index++) {
            named.put("%04d".formatted(index), arrays.get(index));
        }
        return named;
    }
}
