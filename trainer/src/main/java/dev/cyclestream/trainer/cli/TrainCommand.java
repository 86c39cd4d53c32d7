package dev.cyclestream.trainer.cli;

import ai.djl.ndarray.NDManager;
import dev.cyclestream.trainer.data.DataSet;
import dev.cyclestream.trainer.data.Seed;
import dev.cyclestream.trainer.loop.InvalidRunException;
import dev.cyclestream.trainer.loop.RunDescription;
import dev.cyclestream.trainer.loop.RunFolder;
import dev.cyclestream.trainer.loop.Training;
import dev.cyclestream.trainer.loop.TrainingSettings;
import dev.cyclestream.trainer.network.PyTorch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "train",
        description = "Trains both directions on the folders trainA and trainB; testA and testB show samples.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class TrainCommand implements Callable<Integer> {

    @Option(names = "--data", required = true, description = "Folder with trainA and trainB.")
    private Path data;

    @Option(names = "--output", required = true, description = "Folder of the run: losses, samples, saved states.")
    private Path output;

    @Option(
            names = "--resume",
            description = "Go on from the newest saved state in the output folder, if there is one.")
    private boolean resume;

    @Mixin
    private NetworkOptions network;

    @Mixin
    private ObjectiveOptions objective;

    @Mixin
    private OptimizationOptions optimization;

    @Mixin
    private ImageOptions images;

    @Option(names = "--seed", defaultValue = "1", description = "The number that all randomness comes from.")
    private long seed;

    @Option(names = "--sample-every", defaultValue = "500", description = "Steps between sample grids.")
    private long sampleEvery;

    @Option(names = "--save-every", defaultValue = "1000", description = "Steps between saved states.")
    private long saveEvery;

    @Option(names = "--keep", defaultValue = "2", description = "Saved states to keep.")
    private int keep;

    @Override
    public Integer call() throws IOException {
        DataSet dataSet = DataSet.open(data);
        TrainingSettings settings = settings(dataSet);
        RunFolder run = new RunFolder(output);
        prepare(run, dataSet, settings);
        Training.Rhythm rhythm = new Training.Rhythm(sampleEvery, saveEvery, keep);
        try (NDManager manager = PyTorch.newManager();
                ConsoleProgress progress = new ConsoleProgress()) {
            new Training(run, settings, dataSet, rhythm, progress).run(manager);
        }
        System.out.println("trained " + settings.steps() + " steps: " + output);
        return 0;
    }

    private TrainingSettings settings(DataSet dataSet) {
        int epochLength = dataSet.epochLength();
        return new TrainingSettings(
                network.architecture(images.size()),
                objective.objective(),
                optimization.optimization(epochLength),
                images.images(),
                new Seed(seed),
                optimization.steps(epochLength));
    }

    private void prepare(RunFolder run, DataSet dataSet, TrainingSettings settings) throws IOException {
        String fingerprint = dataSet.fingerprint();
        if (!run.exists()) {
            run.create(new RunDescription(
                    UUID.randomUUID().toString(),
                    ToolVersion.current(),
                    data.toString(),
                    fingerprint,
                    dataSet.epochLength(),
                    settings));
            return;
        }
        if (!resume) {
            throw new InvalidRunException(
                    output + ": holds a run already; add --resume to go on with it, or choose another --output");
        }
        run.requireSameSettings(settings);
        if (!run.description().dataSetFingerprint().equals(fingerprint)) {
            throw new InvalidRunException(
                    "%s: cannot be resumed: the training images in %s have changed".formatted(output, data));
        }
    }
}
