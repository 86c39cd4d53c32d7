package dev.cyclestream.trainer.run;

import ai.djl.ndarray.NDManager;
import com.google.gson.JsonElement;
import dev.cyclestream.trainer.domain.Direction;
import dev.cyclestream.trainer.model.CycleGan;
import dev.cyclestream.trainer.model.TrainingSettings;
import dev.cyclestream.trainer.pytorch.TrainableNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The folder of a training run.
 *
 * <pre>
 * run.json                    what the run is, see {@link RunDescription}
 * report.html                 all that is worth looking at, on one page
 * metrics.csv                 the losses of every step
 * evaluations.jsonl           what was found whenever the run was evaluated
 * warnings.jsonl              samples that looked wrong
 * tensorboard                 the same for TensorBoard
 * samples/step-00000200.png   what the generators made of the same images, then
 * states/best                 the state that was judged best, if one was to be kept
 * states/step-00000200        all that is needed to go on from there, see {@link SavedState}
 * </pre>
 *
 * <p>Runs that were begun by earlier versions go on with {@code checkpoints} in the place of {@code states}.
 */
public final class RunFolder {

    private static final String STEP_NAME = "step-%08d";

    private final Path folder;
    private final DescriptionFile descriptionFile;
    private final SavedStates states;

    public RunFolder(Path folder) {
        this.folder = folder;
        this.descriptionFile = new DescriptionFile(folder);
        this.states = new SavedStates(folder);
    }

    public Path path() {
        return folder;
    }

    /** The states that were saved to go on from. */
    public SavedStates states() {
        return states;
    }

    /** True if a run was begun here. */
    public boolean exists() {
        return descriptionFile.exists();
    }

    /** Begins a run, or says anew what it is. */
    public void describe(RunDescription description) throws IOException {
        Files.createDirectories(folder);
        descriptionFile.write(description);
    }

    /**
     * Reads what the run is.
     *
     * @throws InvalidRunException if the folder holds no run, or the file that says what it is is empty, cut off or another
     */
    public RunDescription description() throws IOException {
        try {
            return descriptionFile.read();
        } catch (InvalidRunException e) {
            Optional<Path> copy = states.newest()
                    .map(state -> new DescriptionFile(state.folder()).path())
                    .filter(copied -> exists() && Files.isRegularFile(copied));
            throw copy.isPresent()
                    ? new InvalidRunException("%s; %s is a copy of it".formatted(e.getMessage(), copy.get()))
                    : e;
        }
    }

    /** The settings of a run as one line of JSON. */
    public static String toJson(TrainingSettings settings) {
        return RunFile.json().create().toJson(settings);
    }

    /**
     * Makes sure that a run goes on as it began; only its length may change, where no learning rate depends on it.
     *
     * @throws InvalidRunException that names every option that differs
     */
    public void requireSame(RunDescription now) throws IOException {
        RunDescription begun = description();
        if (!begun.dataSetFingerprint().equals(now.dataSetFingerprint())) {
            throw new InvalidRunException(
                    "%s: cannot be resumed: the training images in %s have changed".formatted(folder, now.dataSet()));
        }
        JsonElement expected = RunFile.GSON.toJsonTree(
                begun.settings().withSteps(now.settings().steps()));
        if (!expected.equals(RunFile.GSON.toJsonTree(now.settings()))) {
            List<String> differences = differences(begun.options(), now.options());
            throw new InvalidRunException("%s: cannot be resumed with other settings: %s"
                    .formatted(
                            folder,
                            differences.isEmpty()
                                    ? DescriptionFile.NAME + " does not agree with the options that it names"
                                    : String.join("; ", differences)));
        }
    }

    private static List<String> differences(Map<String, String> begun, Map<String, String> now) {
        TreeSet<String> names = new TreeSet<>(begun.keySet());
        names.addAll(now.keySet());
        return names.stream()
                .filter(name -> !begun.getOrDefault(name, "").equals(now.getOrDefault(name, "")))
                .map(name -> "%s: expected %s, found %s"
                        .formatted(name, begun.getOrDefault(name, "nothing"), now.getOrDefault(name, "nothing")))
                .toList();
    }

    /**
     * A generator of saved states; the caller closes it.
     *
     * @param saved the states; of several, the mean of their weights is taken (Izmailov et al., UAI 2018)
     * @param averaged whether to take the moving average of the weights, if the run keeps one
     */
    public TrainableNetwork generator(List<SavedState> saved, Direction direction, boolean averaged, NDManager manager)
            throws IOException {
        String network = CycleGan.generatorName(direction);
        boolean average = averaged && description().settings().optimization().averageDecay() > 0;
        return TrainableNetwork.of(
                description().settings().architecture().generator().network(),
                manager,
                SavedState.meanWeights(saved, average ? network + "_average" : network, manager));
    }

    Path sampleFile(long steps) {
        return folder.resolve("samples").resolve(STEP_NAME.formatted(steps) + ".png");
    }

    /** Sample grids up to a step, by their steps, in order. */
    SortedMap<Long, Path> sampleFiles(long lastStep) throws IOException {
        SortedMap<Long, Path> files = new TreeMap<>();
        Path samples = folder.resolve("samples");
        if (!Files.isDirectory(samples)) {
            return files;
        }
        try (Stream<Path> entries = Files.list(samples)) {
            entries.filter(file -> file.getFileName().toString().matches("step-\\d+\\.png"))
                    .forEach(file -> files.put(
                            Long.parseLong(file.getFileName().toString().replaceAll("\\D", "")), file));
        }
        return files.headMap(lastStep + 1);
    }

    Path metricsFile() {
        return folder.resolve("metrics.csv");
    }

    Path evaluationsFile() {
        return folder.resolve("evaluations.jsonl");
    }

    Path warningsFile() {
        return folder.resolve("warnings.jsonl");
    }

    Path reportFile() {
        return folder.resolve("report.html");
    }

    Path tensorBoardFolder() {
        return folder.resolve("tensorboard");
    }

    /**
     * Opens the table of losses and drops what it says of steps that are to be taken again.
     *
     * @throws InvalidRunException if it is another table
     */
    MetricsFile metrics(long stepsTaken) throws IOException {
        MetricsFile.cut(metricsFile(), stepsTaken);
        return new MetricsFile(metricsFile());
    }
}
