package dev.cyclestream.trainer.cli;

import ai.djl.ndarray.NDManager;
import dev.cyclestream.option.InputFolder;
import dev.cyclestream.option.OutputFolder;
import dev.cyclestream.option.Range;
import dev.cyclestream.trainer.data.DataSet;
import dev.cyclestream.trainer.evaluation.Evaluator;
import dev.cyclestream.trainer.model.TrainingDivergedException;
import dev.cyclestream.trainer.model.TrainingSettings;
import dev.cyclestream.trainer.network.Architecture;
import dev.cyclestream.trainer.run.InvalidRunException;
import dev.cyclestream.trainer.run.Judge;
import dev.cyclestream.trainer.run.RunDescription;
import dev.cyclestream.trainer.run.RunFolder;
import dev.cyclestream.trainer.run.StartingPoint;
import dev.cyclestream.trainer.run.Training;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "train",
        description = "Trains both directions on the folders trainA and trainB; testA and testB show samples.",
        mixinStandardHelpOptions = true,
        abbreviateSynopsis = true,
        sortOptions = false,
        showDefaultValues = true)
final class TrainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = ResumedRun.DATA, required = true, description = "Folder with trainA and trainB.")
    private InputFolder data;

    @Option(
            names = ResumedRun.OUTPUT,
            required = true,
            description = "Folder of the run: losses, samples, saved states.")
    private OutputFolder output;

    @Option(
            names = ResumedRun.RESUME,
            description =
                    "Go on from the newest saved state in the output folder, with the options that the run was begun"
                            + " with. Where there is none yet, begin.")
    private boolean resume;

    @Option(
            names = "--start-from",
            description = "Folder with a-to-b.onnx and b-to-a.onnx, as export writes them: the generators learn on from"
                    + " those. Or a saved state, such as RUN/states/step-00001000: its discriminators learn on as"
                    + " well. Default: all begin with random weights.")
    private Optional<InputFolder> startFrom;

    @Mixin
    private NetworkOptions network;

    @Mixin
    private ObjectiveOptions objective;

    @Mixin
    private OptimizationOptions optimization;

    @Mixin
    private ImageOptions images;

    @Option(names = "--sample-every", defaultValue = "500", description = "Steps between sample grids.")
    @Range(from = "1")
    private long sampleEvery;

    @Option(names = "--save-every", defaultValue = "1000", description = "Steps between saved states.")
    @Range(from = "1")
    private long saveEvery;

    @Option(names = "--keep", defaultValue = "2", description = "Saved states to keep.")
    @Range(from = "1")
    private int keep;

    @Mixin
    private JudgeOptions evaluation;

    @Mixin
    private MachineOptions machine;

    @Option(
            names = "--prefetch-threads",
            defaultValue = "1",
            description = "Threads that decode and cut the images of the next steps.")
    @Range(from = "1", to = "1024")
    private int prefetchThreads;

    @Override
    public Integer call() throws IOException {
        RunFolder run = new RunFolder(output.path());
        requireSound(run);
        Architecture architecture = network.architecture(images.size());
        DataSet dataSet = images.open(data.path(), architecture);
        dataSet.passedOver().ifPresent(spec.commandLine().getErr()::println);
        begin(
                run,
                dataSet,
                settings(architecture, dataSet.epochLength(images.images().batchSize())));
        try (NDManager manager = machine.newManager();
                StopSignal stop = new StopSignal()) {
            long taken = train(run, dataSet, manager, stop);
            System.out.printf(
                    "%s: trained %d of %d steps%n",
                    output, taken, run.description().settings().steps());
            stop.granted();
        }
        return 0;
    }

    private long train(RunFolder run, DataSet dataSet, NDManager manager, BooleanSupplier stop) throws IOException {
        Training.Rhythm rhythm = new Training.Rhythm(sampleEvery, saveEvery, keep, prefetchThreads);
        Optional<Evaluator> evaluator = evaluation.evaluator(run.description(), dataSet, manager);
        try (ConsoleProgress progress = new ConsoleProgress()) {
            Optional<Judge> judge = evaluator.map(evaluation::judge);
            return new Training(run, dataSet, start(), rhythm, progress, judge).run(manager, stop);
        } catch (TrainingDivergedException e) {
            String left = run.states()
                    .newest()
                    .map(state -> "the newest saved state is " + state.folder().getFileName())
                    .orElse("nothing was saved yet");
            throw new TrainingDivergedException("%s; %s".formatted(e.getMessage(), left), e);
        } finally {
            evaluator.ifPresent(Evaluator::close);
        }
    }

    /** Refuses what can be refused before the data set is read, which may take long. */
    private void requireSound(RunFolder run) throws IOException {
        evaluation.requireAgreement();
        DataFolders.requireApart(data.path(), output);
        if (run.exists() && !resume) {
            throw new InvalidRunException(
                    output + ": holds a run already; add --resume to go on with it, or choose another --output");
        }
        if (run.exists()) {
            run.description();
        }
    }

    private TrainingSettings settings(Architecture architecture, int epochLength) throws IOException {
        return new TrainingSettings(
                architecture,
                objective.objective(),
                optimization.optimization(epochLength),
                images.images(),
                optimization.seed(),
                startedFrom(architecture),
                optimization.steps(epochLength));
    }

    private List<String> startedFrom(Architecture architecture) throws IOException {
        Optional<StartingPoint> start = start();
        if (start.isEmpty()) {
            return List.of();
        }
        start.get().require(architecture);
        return start.get().fingerprints();
    }

    private Optional<StartingPoint> start() {
        return startFrom.map(InputFolder::path).map(StartingPoint::new);
    }

    private long stepsBefore() throws IOException {
        Optional<StartingPoint> start = start();
        return start.isPresent() ? start.get().stepsTaken() : 0;
    }

    private void begin(RunFolder run, DataSet dataSet, TrainingSettings settings) throws IOException {
        Optional<RunDescription> begun = run.exists() ? Optional.of(run.description()) : Optional.empty();
        RunDescription now = new RunDescription(
                begun.map(RunDescription::runId)
                        .orElseGet(() -> UUID.randomUUID().toString()),
                ToolVersion.current(),
                data.toString(),
                dataSet.fingerprint(),
                dataSet.epochLength(settings.images().batchSize()),
                begun.isPresent() ? begun.get().stepsBefore() : stepsBefore(),
                ResumedRun.effectiveOptions(spec),
                settings);
        if (begun.isPresent()) {
            run.requireSame(now);
        }
        run.describe(now);
    }
}
