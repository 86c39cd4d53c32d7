package dev.cyclestream.trainer.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.cyclestream.trainer.data.ImagePool;
import dev.cyclestream.trainer.model.AveragedGenerators;
import dev.cyclestream.trainer.model.CycleGan;
import dev.cyclestream.trainer.model.DomainClassification;
import dev.cyclestream.trainer.model.TrainingSettings;
import dev.cyclestream.trainer.model.TrainingState;
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

/**
 * A state that a run saved: all that is needed to go on from there, with a copy of what the run is.
 *
 * <pre>
 * run.json                            what the run is
 * step                                steps taken
 * g_ab.npz, g_ba.npz, d_a.npz, ...    the learned arrays of each network
 * adam_generators.npz, ...            the moments of each optimiser
 * pool_a.npz, pool_b.npz              the fakes that the pools keep
 * SHA256SUMS                          the sums of all of these
 * </pre>
 *
 * @param folder that holds the files
 */
public record SavedState(Path folder) {

    private static final String STEP_FILE = "step";

    /** True if there is a saved state in the folder. */
    boolean exists() {
        return Files.exists(folder.resolve(STEP_FILE));
    }

    /**
     * Makes sure that the state is as it was saved.
     *
     * @throws InvalidRunException that names a file that is missing or has changed
     */
    void verify() throws IOException {
        List<String> needed = new ArrayList<>(List.of(DescriptionFile.NAME, STEP_FILE));
        CycleGan.NAMES.forEach(network -> needed.add(fileName(network)));
        Checksums.verify(folder, needed);
    }

    /** The run that saved the state. */
    public RunDescription description() throws IOException {
        return new DescriptionFile(folder).read();
    }

    /** Steps that the run had taken. */
    long steps() throws IOException {
        Path file = folder.resolve(STEP_FILE);
        String steps = RunFile.text(file).strip();
        if (!steps.matches("\\d{1,18}")) {
            throw new InvalidRunException("%s: expected a number of steps, found \"%s\"".formatted(file, steps));
        }
        return Long.parseLong(steps);
    }

    /** Steps that the networks had learned, those before their run began included. */
    public long allSteps() throws IOException {
        return description().stepsBefore() + steps();
    }

    /** The networks that learn on from this state in another run: those of the model, and the domain classifier if any. */
    List<String> networks() {
        List<String> names = new ArrayList<>(CycleGan.NAMES);
        if (Files.exists(file(DomainClassification.NAME))) {
            names.add(DomainClassification.NAME);
        }
        return names;
    }

    /** The file of a network, an optimiser or a pool. */
    Path file(String name) {
        return folder.resolve(fileName(name));
    }

    private static String fileName(String name) {
        return name + ".npz";
    }

    /**
     * The learned arrays of one network.
     *
     * @throws InvalidRunException if they are no finite numbers: those of a run that diverged
     */
    public Map<String, NDArray> weights(String network, NDManager manager) throws IOException {
        Map<String, NDArray> weights = ArrayFile.read(file(network), manager);
        FiniteNumbers.missingFrom(weights).ifPresent(name -> {
            throw new InvalidRunException(
                    "%s: expected finite numbers, found others in %s".formatted(file(network), name));
        });
        return weights;
    }

    /** The mean of one network's learned arrays over saved states, at least one. */
    static Map<String, NDArray> meanWeights(List<SavedState> states, String network, NDManager manager)
            throws IOException {
        Map<String, NDList> ofAll = new LinkedHashMap<>();
        for (SavedState state : states) {
            state.weights(network, manager)
                    .forEach((name, array) ->
                            ofAll.computeIfAbsent(name, absent -> new NDList()).add(array));
        }
        Map<String, NDArray> mean = new LinkedHashMap<>();
        ofAll.forEach((name, arrays) -> mean.put(
                name,
                arrays.size() == 1 ? arrays.get(0) : NDArrays.stack(arrays).mean(new int[] {0})));
        return mean;
    }

    /** Writes all that changes while training into the folder, which exists. */
    void write(TrainingState state) throws IOException {
        for (Map.Entry<String, TrainableNetwork> network : state.networks().entrySet()) {
            ArrayFile.write(file(network.getKey()), network.getValue().weights());
        }
        for (Map.Entry<String, Adam> optimizer : state.optimizers().entrySet()) {
            ArrayFile.write(
                    file(optimizer.getKey()), numbered(optimizer.getValue().moments()));
        }
        for (Map.Entry<String, ImagePool> pool : state.pools().entrySet()) {
            ArrayFile.write(file(pool.getKey()), numbered(pool.getValue().images()));
        }
        Files.writeString(folder.resolve(STEP_FILE), state.stepsTaken() + "\n");
    }

    private static Map<String, NDArray> numbered(List<NDArray> arrays) {
        Map<String, NDArray> named = new LinkedHashMap<>();
        for (int index = 0; index < arrays.size(); index++) {
            named.put("%04d".formatted(index), arrays.get(index));
        }
        return named;
    }

    /**
     * The state as it was, to go on from.
     *
     * @throws InvalidRunException that names a file that is missing, has changed or is another
     */
    TrainingState read(TrainingSettings settings, NDManager manager) throws IOException {
        verify();
        try (NDManager scope = manager.newSubManager()) {
            Map<String, Map<String, NDArray>> weights = new LinkedHashMap<>();
            for (String name : networks(settings)) {
                weights.put(name, weights(name, scope));
            }
            long stepsTaken = steps();
            TrainingState state = TrainingState.of(settings, weights, stepsTaken, manager);
            for (Map.Entry<String, Adam> optimizer : state.optimizers().entrySet()) {
                optimizer.getValue().restore(stepsTaken, list(optimizer.getKey(), scope));
            }
            for (Map.Entry<String, ImagePool> pool : state.pools().entrySet()) {
                pool.getValue().restore(list(pool.getKey(), scope));
            }
            return state;
        }
    }

    private static List<String> networks(TrainingSettings settings) {
        List<String> names = new ArrayList<>(CycleGan.NAMES);
        if (settings.objective().classifiesDomains()) {
            names.add(DomainClassification.NAME);
        }
        if (settings.optimization().averageDecay() > 0) {
            names.addAll(AveragedGenerators.NAMES);
        }
        return names;
    }

    private NDList list(String name, NDManager scope) throws IOException {
        return new NDList(ArrayFile.read(file(name), scope).values());
    }
}
