package dev.cyclestream.trainer.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.cyclestream.trainer.pytorch.FiniteNumbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The states that a run saved, each a folder of its own; see {@link RunFolder} for their names. */
public final class SavedStates {

    /** The state that was saved last. */
    public static final String NEWEST = "newest";

    private static final String BEST = "best";
    private static final String PARTIAL = ".partial";
    private static final String STEP_NAME = "step-%08d";

    private final Path run;
    private final Path folder;

    SavedStates(Path run) {
        this.run = run;
        this.folder = run.resolve("checkpoints");
    }

    /** Folder of the newest state that was saved whole. */
    public Optional<Path> newest() throws IOException {
        List<Path> saved = inOrder();
        return saved.isEmpty() ? Optional.empty() : Optional.of(saved.get(saved.size() - 1));
    }

    /**
     * Folders of states that were saved whole.
     *
     * @param names {@code newest}, {@code best}, the number of steps taken when a state was saved, or the path of a state of
     *     another run, such as {@code other/checkpoints/step-00001000}, whose generators are built like this run's
     * @throws InvalidRunException if one is missing, is damaged, or is built otherwise
     */
    public List<Path> named(List<String> names) throws IOException {
        List<Path> states = new ArrayList<>();
        for (String name : names) {
            Path state = named(name);
            verify(state);
            states.add(state);
        }
        return states;
    }

    /**
     * Makes sure that a state is as it was saved.
     *
     * @throws InvalidRunException that names a file that is missing or has changed
     */
    static void verify(Path state) throws IOException {
        List<String> needed = new ArrayList<>(List.of(RunFolder.DESCRIPTION_FILE, TrainingState.STEP_FILE));
        CycleGan.NAMES.forEach(network -> needed.add(weightsFile(network)));
        Checksums.verify(state, needed);
    }

    private Path named(String name) throws IOException {
        if (name.equals(NEWEST)) {
            return newest().orElseThrow(() -> new InvalidRunException(run + ": holds no saved state yet"));
        }
        if (Path.of(name).getNameCount() > 1) {
            return ofAnotherRun(Path.of(name));
        }
        Path state = folder.resolve(name.matches("\\d{1,18}") ? STEP_NAME.formatted(Long.parseLong(name)) : name);
        if (!Files.isDirectory(state)) {
            throw new InvalidRunException("%s: expected a saved state: newest, best, or one of the steps %s; found %s"
                    .formatted(run, inOrder().stream().map(SavedStates::stepOf).toList(), name));
        }
        return state;
    }

    private Path ofAnotherRun(Path state) throws IOException {
        if (!Files.exists(state.resolve(TrainingState.STEP_FILE))) {
            throw new InvalidRunException(state + ": expected the folder of a saved state, found none");
        }
        String expected = generators(run);
        String found = generators(state);
        if (!found.equals(expected)) {
            throw new InvalidRunException(
                    "%s: expected a saved state of %s, found one of %s".formatted(state, expected, found));
        }
        return state;
    }

    /** What a run's states hold of generators. */
    private static String generators(Path described) throws IOException {
        TrainingSettings settings = new RunFolder(described).description().settings();
        String averages = settings.optimization().averageDecay() > 0 ? " with moving averages" : "";
        return settings.architecture().generator().name() + averages;
    }

    private static long stepOf(Path state) {
        return Long.parseLong(state.getFileName().toString().replaceAll("\\D", ""));
    }

    /**
     * The learned arrays of one network in a saved state.
     *
     * @throws InvalidRunException if they are no finite numbers: those of a run that diverged
     */
    public static Map<String, NDArray> weights(Path state, String network, NDManager manager) throws IOException {
        Path file = state.resolve(weightsFile(network));
        Map<String, NDArray> weights = ArrayFile.read(file, manager);
        FiniteNumbers.missingFrom(weights).ifPresent(name -> {
            throw new InvalidRunException("%s: expected finite numbers, found others in %s".formatted(file, name));
        });
        return weights;
    }

    /** Name of the file in a saved state that holds a network. */
    static String weightsFile(String network) {
        return network + ".npz";
    }

    /** The mean of one network's learned arrays over saved states, at least one. */
    static Map<String, NDArray> meanWeights(List<Path> states, String network, NDManager manager) throws IOException {
        Map<String, NDList> ofAll = new LinkedHashMap<>();
        for (Path state : states) {
            weights(state, network, manager)
                    .forEach((name, array) ->
                            ofAll.computeIfAbsent(name, absent -> new NDList()).add(array));
        }
        Map<String, NDArray> mean = new LinkedHashMap<>();
        ofAll.forEach((name, arrays) -> mean.put(
                name,
                arrays.size() == 1 ? arrays.get(0) : NDArrays.stack(arrays).mean(new int[] {0})));
        return mean;
    }

    /** Steps that its run had taken when a state was saved. */
    static long steps(Path state) throws IOException {
        Path file = state.resolve(TrainingState.STEP_FILE);
        String steps = RunFile.text(file).strip();
        if (!steps.matches("\\d{1,18}")) {
            throw new InvalidRunException("%s: expected a number of steps, found \"%s\"".formatted(file, steps));
        }
        return Long.parseLong(steps);
    }

    /** Steps that the networks of a state had learned, those before their run began included. */
    public static long allSteps(Path state) throws IOException {
        return new RunFolder(state).description().stepsBefore() + steps(state);
    }

    /** Saves a state aside and renames it, so that a name always stands for a whole one; keeps the newest few. */
    void save(TrainingState state, int keep) throws IOException {
        write(state, STEP_NAME.formatted(state.stepsTaken()));
        List<Path> saved = inOrder();
        deleteAbandoned();
        for (Path old : saved.subList(0, Math.max(0, saved.size() - keep))) {
            deleteTree(old);
        }
    }

    private void write(TrainingState state, String name) throws IOException {
        Path aside = folder.resolve(name + PARTIAL);
        deleteTree(aside);
        Files.createDirectories(aside);
        state.write(aside);
        Files.copy(run.resolve(RunFolder.DESCRIPTION_FILE), aside.resolve(RunFolder.DESCRIPTION_FILE));
        Checksums.write(aside);
        Path whole = folder.resolve(name);
        deleteTree(whole);
        Files.move(aside, whole, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Keeps a state apart as the best so far, until a better one comes. */
    void saveBest(TrainingState state, double value) throws IOException {
        write(state, BEST);
        Files.writeString(bestValueFile(), value + "\n");
    }

    /**
     * What the best state so far was judged by, if there is one.
     *
     * @throws InvalidRunException if its file holds no number
     */
    OptionalDouble bestValue() throws IOException {
        if (!Files.exists(bestValueFile())) {
            return OptionalDouble.empty();
        }
        String value = RunFile.text(bestValueFile()).strip();
        try {
            return OptionalDouble.of(Double.parseDouble(value));
        } catch (NumberFormatException e) {
            throw new InvalidRunException("%s: expected a number, found \"%s\"".formatted(bestValueFile(), value));
        }
    }

    private Path bestValueFile() {
        return folder.resolve(BEST + ".value");
    }

    private List<Path> inOrder() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> entry.getFileName().toString().matches("step-\\d+"))
                    .sorted()
                    .toList();
        }
    }

    /** What a run that was killed while it saved has left behind. */
    private void deleteAbandoned() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry :
                    entries.filter(path -> path.toString().endsWith(PARTIAL)).toList()) {
                deleteTree(entry);
            }
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> entries = Files.walk(root)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }
}
