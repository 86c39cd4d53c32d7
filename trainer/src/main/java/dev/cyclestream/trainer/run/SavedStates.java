package dev.cyclestream.trainer.run;

import dev.cyclestream.trainer.model.TrainingSettings;
import dev.cyclestream.trainer.model.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The states that a run saved, each a folder of its own; named {@code best} or by their steps, as {@code step-00001000}. */
public final class SavedStates {

    /** The state that was saved last. */
    public static final String NEWEST = "newest";

    private static final String BEST = "best";
    private static final String FOLDER = "states";

    /** The folder of runs that were begun by earlier versions, which stays as it is. */
    private static final String EARLIER_FOLDER = "checkpoints";

    private static final String PARTIAL = ".partial";
    private static final String STEP_NAME = "step-%08d";

    private final Path run;

    SavedStates(Path run) {
        this.run = run;
    }

    /** The folder that holds the states. */
    private Path folder() throws IOException {
        Path earlier = run.resolve(EARLIER_FOLDER);
        Path folder = run.resolve(FOLDER);
        boolean holdsStates =
                Files.exists(earlier.resolve(BEST)) || !inOrder(earlier).isEmpty();
        return Files.notExists(folder) && holdsStates ? earlier : folder;
    }

    /** Folder of the newest state that was saved whole. */
    public Optional<SavedState> newest() throws IOException {
        List<Path> saved = inOrder();
        return saved.isEmpty() ? Optional.empty() : Optional.of(new SavedState(saved.get(saved.size() - 1)));
    }

    /**
     * Folders of states that were saved whole.
     *
     * @param names {@code newest}, {@code best}, the number of steps taken when a state was saved, or the path of a state of
     *     another run, such as {@code other/states/step-00001000}, whose generators are built like this run's
     * @throws InvalidRunException if one is missing, is damaged, or is built otherwise
     */
    public List<SavedState> named(List<StateName> names) throws IOException {
        List<SavedState> states = new ArrayList<>();
        for (StateName name : names) {
            SavedState state = named(name.value());
            state.verify();
            states.add(state);
        }
        return states;
    }

    private SavedState named(String name) throws IOException {
        if (name.equals(NEWEST)) {
            return newest().orElseThrow(() -> new InvalidRunException(run + ": holds no saved state yet"));
        }
        if (Path.of(name).getNameCount() > 1) {
            return ofAnotherRun(new SavedState(Path.of(name)));
        }
        Path state = folder().resolve(name.matches("\\d{1,18}") ? STEP_NAME.formatted(Long.parseLong(name)) : name);
        if (!Files.isDirectory(state)) {
            throw new InvalidRunException("%s: expected a saved state: newest, best, or one of the steps %s; found %s"
                    .formatted(run, inOrder().stream().map(SavedStates::stepOf).toList(), name));
        }
        return new SavedState(state);
    }

    private SavedState ofAnotherRun(SavedState state) throws IOException {
        if (!state.exists()) {
            throw new InvalidRunException(state.folder() + ": expected the folder of a saved state, found none");
        }
        String expected = generators(new DescriptionFile(run).read());
        String found = generators(state.description());
        if (!found.equals(expected)) {
            throw new InvalidRunException(
                    "%s: expected a saved state of %s, found one of %s".formatted(state.folder(), expected, found));
        }
        return state;
    }

    /** The generators that a run's states hold, in words. */
    private static String generators(RunDescription described) {
        TrainingSettings settings = described.settings();
        String averages = settings.optimization().averageDecay() > 0 ? " with moving averages" : "";
        return settings.architecture().generator().name() + averages;
    }

    private static long stepOf(Path state) {
        return Long.parseLong(state.getFileName().toString().replaceAll("\\D", ""));
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
        Path aside = folder().resolve(name + PARTIAL);
        deleteTree(aside);
        Files.createDirectories(aside);
        new SavedState(aside).write(state);
        Files.copy(new DescriptionFile(run).path(), new DescriptionFile(aside).path());
        Checksums.write(aside);
        Path whole = folder().resolve(name);
        deleteTree(whole);
        Files.move(aside, whole, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Keeps a state apart as the best so far, until a better one comes. */
    void saveBest(TrainingState state, double value) throws IOException {
        write(state, BEST);
        Files.writeString(bestValueFile(), value + "\n");
    }

    /**
     * The judgement of the best state so far, if there is one.
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

    private Path bestValueFile() throws IOException {
        return folder().resolve(BEST + ".value");
    }

    private List<Path> inOrder() throws IOException {
        return inOrder(folder());
    }

    private static List<Path> inOrder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> entry.getFileName().toString().matches("step-\\d+"))
                    .sorted()
                    .toList();
        }
    }

    /** Deletes what a run that was killed while it saved has left behind. */
    private void deleteAbandoned() throws IOException {
        try (Stream<Path> entries = Files.list(folder())) {
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
