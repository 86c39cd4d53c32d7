package dev.cyclestream.trainer.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cyclestream.failure.WrongSetUpException;
import dev.cyclestream.trainer.data.DataSet;
import dev.cyclestream.trainer.data.LeftRightBias;
import dev.cyclestream.trainer.data.PictureTensors;
import dev.cyclestream.trainer.data.Prefetch;
import dev.cyclestream.trainer.data.Seed;
import dev.cyclestream.trainer.data.UnpairedSampler;
import dev.cyclestream.trainer.data.UnpairedSampler.UnpairedImages;
import dev.cyclestream.trainer.domain.PerDirection;
import dev.cyclestream.trainer.evaluation.Evaluation;
import dev.cyclestream.trainer.evaluation.Figure;
import dev.cyclestream.trainer.evaluation.NetworkTranslator;
import dev.cyclestream.trainer.loss.Losses;
import dev.cyclestream.trainer.model.TrainingDivergedException;
import dev.cyclestream.trainer.model.TrainingSettings;
import dev.cyclestream.trainer.model.TrainingState;
import dev.cyclestream.trainer.pytorch.TrainableNetwork;
import dev.cyclestream.trainer.report.SampleGrid;
import dev.cyclestream.trainer.report.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;

/** A training run: takes the steps that are left, and leaves losses, samples and saved states in its folder. */
public final class Training {

    private final RunFolder run;
    private final TrainingSettings settings;
    private final DataSet data;
    private final Optional<StartingPoint> start;
    private final Rhythm rhythm;
    private final TrainingProgress progress;
    private final Optional<Judge> judge;
    private final ProcessMemory memory = new ProcessMemory();

    /**
     * The rhythm in which a run leaves something behind.
     *
     * @param sampleEvery steps between two sample grids
     * @param saveEvery steps between two saved states
     * @param keep saved states to keep, the newest
     * @param prefetchThreads threads that prepare the images of the next steps
     */
    public record Rhythm(long sampleEvery, long saveEvery, int keep, int prefetchThreads) {
        public Rhythm {
            if (sampleEvery < 1 || saveEvery < 1 || keep < 1) {
                throw new WrongSetUpException(
                        "sample every, save every, keep: expected at least 1 each, found %d, %d, %d"
                                .formatted(sampleEvery, saveEvery, keep));
            }
        }
    }

    /**
     * A run whose folder says what it is.
     *
     * @param data opened for the augmentation of the run's settings
     * @param start what the networks begin with, if not fresh weights
     * @param judge evaluates while training, if there is one
     */
    public Training(
            RunFolder run,
            DataSet data,
            Optional<StartingPoint> start,
            Rhythm rhythm,
            TrainingProgress progress,
            Optional<Judge> judge)
            throws IOException {
        this.run = run;
        this.settings = run.description().settings();
        if (!data.augmentation().equals(settings.images().augmentation())) {
            throw new IllegalArgumentException("data set: expected pictures for %s, found them for %s"
                    .formatted(settings.images().augmentation(), data.augmentation()));
        }
        this.data = data;
        this.start = start;
        this.rhythm = rhythm;
        this.progress = progress;
        this.judge = judge;
    }

    /**
     * Trains to the last step, from the newest saved state if there is one.
     *
     * @param stop asked before each step; once it says so, the state is saved and training ends early
     * @return steps taken in all
     * @throws TrainingDivergedException if a loss or a weight is no finite number any more; states saved before stay
     */
    public long run(NDManager manager, BooleanSupplier stop) throws IOException {
        run.states().bestValue(); // refused before a step is taken, not at the first evaluation
        SampleGrid samples = SampleGrid.of(data);
        try (TrainingState state = state(manager);
                Prefetch images = new Prefetch(sampler(), state.stepsTaken(), rhythm.prefetchThreads());
                RunJournal journal = new RunJournal(run, state.stepsTaken(), progress)) {
            warnBefore(state.stepsTaken(), journal);
            boolean stopped = state.stepsTaken() >= settings.steps();
            while (!stopped) {
                double rate = settings.optimization().schedule().rate(state.stepsTaken());
                Losses losses = takeStep(state, images.next(), rate, manager);
                long taken = state.stepsTaken();
                journal.step(taken, rate, losses);
                stopped = taken >= settings.steps() || stop.getAsBoolean();
                leaveBehind(state, stopped, samples, journal, manager);
                memory.afterStep(taken);
            }
            return state.stepsTaken();
        }
    }

    /** Evaluates, draws samples and saves the state when it is time, and at the end in any case. */
    private void leaveBehind(
            TrainingState state, boolean atTheEnd, SampleGrid samples, RunJournal journal, NDManager manager)
            throws IOException {
        long taken = state.stepsTaken();
        boolean isJudged = judge.isPresent() && (atTheEnd || taken % judge.get().every() == 0);
        boolean isDrawn = atTheEnd || taken % rhythm.sampleEvery() == 0;
        boolean isSaved = atTheEnd || taken % rhythm.saveEvery() == 0;
        if (isJudged || isDrawn || isSaved) {
            state.requireFinite();
        }
        if (isJudged) {
            evaluate(judge.get(), state, journal, manager);
        }
        if (isDrawn) {
            journal.samples(taken, draw(samples, state.generators(), manager));
        }
        if (isSaved) {
            journal.flush();
            run.states().save(state, rhythm.keep());
        }
    }

    private static Samples draw(SampleGrid grid, PerDirection<TrainableNetwork> generators, NDManager manager) {
        return grid.draw(generators.aToB(), generators.bToA(), manager);
    }

    private void warnBefore(long stepsTaken, RunJournal journal) throws IOException {
        if (stepsTaken == 0 && data.augmentation().flip()) {
            warnOfMirroring("trainA", data.trainA(), journal);
            warnOfMirroring("trainB", data.trainB(), journal);
        }
    }

    private void warnOfMirroring(String domain, List<Path> files, RunJournal journal) throws IOException {
        LeftRightBias bias = LeftRightBias.of(files, data.pictures());
        if (bias.isTrait()) {
            String brighter = bias.difference() > 0 ? "right" : "left";
            journal.warn(
                    0,
                    ("pictures of %s are brighter on the %s, by %.1f of 255 on average, %.0f times the standard error;"
                                    + " mirroring them hides that: consider --no-flip")
                            .formatted(
                                    domain,
                                    brighter,
                                    Math.abs(bias.difference()),
                                    Math.abs(bias.difference()) / bias.standardError()));
        }
    }

    private void evaluate(Judge given, TrainingState state, RunJournal journal, NDManager manager) throws IOException {
        PerDirection<TrainableNetwork> generators = state.generators();
        Evaluation evaluation = given.evaluator()
                .evaluate(
                        new NetworkTranslator(generators.aToB(), manager),
                        new NetworkTranslator(generators.bToA(), manager))
                .evaluation();
        journal.evaluation(state.stepsTaken(), evaluation);
        if (given.keepBestBy().isPresent()) {
            Figure figure = given.keepBestBy().get();
            double value = evaluation.mean(figure);
            OptionalDouble best = run.states().bestValue();
            boolean isFirst = best.isEmpty() || Double.isNaN(best.getAsDouble()); // as earlier versions could write
            if (Double.isFinite(value) && (isFirst || figure.isBetter(value, best.getAsDouble()))) {
                run.states().saveBest(state, value);
            }
        }
    }

    private TrainingState state(NDManager manager) throws IOException {
        Optional<SavedState> saved = run.states().newest();
        if (saved.isPresent()) {
            return saved.get().read(settings, manager);
        }
        try (NDManager scope = manager.newSubManager()) {
            Map<String, Map<String, NDArray>> known =
                    start.isPresent() ? start.get().weights(settings.architecture(), scope) : Map.of();
            return TrainingState.of(settings, known, 0, manager);
        }
    }

    private UnpairedSampler sampler() {
        return new UnpairedSampler(data, settings.images().batchSize(), settings.seed());
    }

    private Losses takeStep(TrainingState state, UnpairedImages images, double rate, NDManager manager) {
        long step = state.stepsTaken();
        try (NDManager scope = manager.newSubManager()) {
            NDArray realA = PictureTensors.toTensor(scope, images.a());
            NDArray realB = PictureTensors.toTensor(scope, images.b());
            Losses losses = state.step().run(realA, realB, rate, settings.seed().stream(Seed.Purpose.POOL, step));
            requireFinite(step, losses);
            state.countStep();
            return losses;
        }
    }

    private static void requireFinite(long step, Losses losses) {
        for (Map.Entry<String, Double> term : losses.byName().entrySet()) {
            if (!Double.isFinite(term.getValue())) {
                throw new TrainingDivergedException(
                        "step %d: %s became %s".formatted(step, term.getKey(), term.getValue()));
            }
        }
    }
}
