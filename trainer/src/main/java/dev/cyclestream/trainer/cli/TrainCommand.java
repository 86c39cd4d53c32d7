package dev.cyclestream.trainer.cli;

import ai.djl.ndarray.NDManager;
import dev.cyclestream.trainer.data.Augmentation;
import dev.cyclestream.trainer.data.DataSet;
import dev.cyclestream.trainer.data.ImagePool;
import dev.cyclestream.trainer.data.Seed;
import dev.cyclestream.trainer.loop.InvalidRunException;
import dev.cyclestream.trainer.loop.RunDescription;
import dev.cyclestream.trainer.loop.RunFolder;
import dev.cyclestream.trainer.loop.Training;
import dev.cyclestream.trainer.loop.TrainingSettings;
import dev.cyclestream.trainer.loop.TrainingSettings.Images;
import dev.cyclestream.trainer.loop.TrainingSettings.Optimization;
import dev.cyclestream.trainer.loss.AdversarialLoss;
import dev.cyclestream.trainer.loss.Objective;
import dev.cyclestream.trainer.network.Architecture;
import dev.cyclestream.trainer.network.PatchDiscriminator;
import dev.cyclestream.trainer.network.PyTorch;
import dev.cyclestream.trainer.network.ResnetGenerator;
import dev.cyclestream.trainer.optimizer.Adam;
import dev.cyclestream.trainer.optimizer.LinearDecay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "train",
        description = "Trains both directions on the folders trainA and trainB; testA and testB show samples.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class TrainCommand implements Callable<Integer> {

    private static final int PAPER_EPOCHS = 200;

    @Option(names = "--data", required = true, description = "Folder with trainA and trainB.")
    private Path data;

    @Option(names = "--output", required = true, description = "Folder of the run: losses, samples, saved states.")
    private Path output;

    @Option(
            names = "--resume",
            description = "Go on from the newest saved state in the output folder, if there is one.")
    private boolean resume;

    @Option(names = "--size", defaultValue = "256", description = "Side of the training images in pixels.")
    private int size;

    @Option(
            names = "--load-size",
            description = "Side that pictures are resized to before the crop. Default: size x 286/256.")
    private Optional<Integer> loadSize;

    @Option(
            names = "--flip",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Mirror half of the images left to right.")
    private boolean flip;

    @Option(names = "--filters", defaultValue = "64", description = "Channels after the first convolution.")
    private int filters;

    @Option(names = "--blocks", description = "Residual blocks. Default: 6 up to 128 px, 9 above.")
    private Optional<Integer> blocks;

    @Option(names = "--adversarial-loss", defaultValue = "least_squares", description = "${COMPLETION-CANDIDATES}.")
    private AdversarialLoss adversarialLoss;

    @Option(names = "--cycle-weight", defaultValue = "10", description = "Weight of the cycle loss.")
    private double cycleWeight;

    @Option(names = "--identity-weight", defaultValue = "5", description = "Weight of the identity loss.")
    private double identityWeight;

    @Option(
            names = "--steps",
            description = "Steps of one image a domain. Default: " + PAPER_EPOCHS + " passes over the larger domain.")
    private Optional<Long> steps;

    @Option(
            names = "--learning-rate",
            defaultValue = "" + LinearDecay.PAPER_RATE,
            description = "Learning rate of the first half of the steps; it falls to 0 in the second.")
    private double learningRate;

    @Option(
            names = "--pool-size",
            defaultValue = "" + ImagePool.PAPER_SIZE,
            description = "Earlier fakes kept for each discriminator.")
    private int poolSize;

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
        ResnetGenerator generator =
                new ResnetGenerator(filters, blocks.orElseGet(() -> ResnetGenerator.blocksForSize(size)));
        PatchDiscriminator discriminator = new PatchDiscriminator(filters, PatchDiscriminator.PAPER_LAYERS);
        long length = steps.orElseGet(() -> (long) PAPER_EPOCHS * dataSet.epochLength());
        Augmentation augmentation =
                new Augmentation(loadSize.orElseGet(() -> Augmentation.loadSizeFor(size)), size, flip);
        return new TrainingSettings(
                new Architecture(generator, discriminator),
                new Objective(adversarialLoss, cycleWeight, identityWeight),
                new Optimization(Adam.Betas.ofPaper(), new LinearDecay(learningRate, length)),
                new Images(augmentation, poolSize),
                new Seed(seed));
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
