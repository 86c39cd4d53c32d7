package dev.cyclestream.trainer.cli;

import dev.cyclestream.failure.WrongSetUpException;
import dev.cyclestream.option.Range;
import dev.cyclestream.trainer.data.Seed;
import dev.cyclestream.trainer.model.LearningRateSchedule;
import dev.cyclestream.trainer.model.LearningRateSchedule.Decay;
import dev.cyclestream.trainer.model.TrainingSettings.Optimization;
import dev.cyclestream.trainer.pytorch.Adam;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The length of training and the movement of weights, as the command line describes it. */
final class OptimizationOptions {

    @Option(
            names = "--epochs",
            defaultValue = "100",
            description = "Passes over the larger domain before the learning rate begins to fall.")
    @Range(from = "0", to = "1000000")
    private long epochs;

    @Option(names = "--decay-epochs", defaultValue = "100", description = "Passes while the learning rate falls.")
    @Range(from = "0", to = "1000000")
    private long decayEpochs;

    @Option(
            names = "--steps",
            description = "Length of the run in steps of one batch a domain, instead of the two numbers of epochs.")
    @Range(from = "1")
    private Optional<Long> steps;

    @Option(
            names = "--decay-steps",
            description = "The last steps of --steps, in which the learning rate falls. Default: half of them.")
    @Range(from = "0")
    private Optional<Long> decaySteps;

    @Option(
            names = "--learning-rate",
            defaultValue = "" + LearningRateSchedule.PAPER_RATE,
            description = "Learning rate before it falls.")
    @Range(above = "0")
    private double learningRate;

    @Option(
            names = "--schedule",
            defaultValue = "linear",
            description =
                    "Curve of the falling learning rate: ${COMPLETION-CANDIDATES}. A step is to a tenth, and half way"
                            + " through to a hundredth.")
    private Decay schedule;

    @Option(names = "--beta1", defaultValue = "0.5", description = "Adam: decay of the mean of the gradients.")
    @Range(from = "0", below = "1")
    private double beta1;

    @Option(names = "--beta2", defaultValue = "0.999", description = "Adam: decay of their mean square.")
    @Range(from = "0", below = "1")
    private double beta2;

    @Option(
            names = "--average-decay",
            defaultValue = "0",
            description =
                    "Keeps a moving average of the generators' weights, to be exported in their place: the share of"
                            + " it that a step keeps, such as 0.999. 0 keeps none.")
    @Range(from = "0", below = "1")
    private double averageDecay;

    @Option(names = "--seed", defaultValue = "1", description = "The number that all randomness comes from.")
    private long seed;

    Seed seed() {
        return new Seed(seed);
    }

    /** Length of the run in steps. */
    long steps(long epochLength) {
        if (steps.isEmpty() && epochs + decayEpochs < 1) {
            throw new WrongSetUpException("--epochs, --decay-epochs: expected at least 1 together, found 0");
        }
        return steps.orElseGet(() -> (epochs + decayEpochs) * epochLength);
    }

    Optimization optimization(long epochLength) {
        return new Optimization(new Adam.Betas(beta1, beta2), learningRates(epochLength), averageDecay);
    }

    private LearningRateSchedule learningRates(long epochLength) {
        if (schedule == Decay.CONSTANT) {
            return LearningRateSchedule.constant(learningRate);
        }
        long length = steps(epochLength);
        long falling = decaySteps.orElseGet(() -> steps.isPresent() ? length - length / 2 : decayEpochs * epochLength);
        if (falling < 0 || falling > length) {
            throw new WrongSetUpException(
                    "--decay-steps: expected from 0 to the %d steps of the run, found %d".formatted(length, falling));
        }
        return new LearningRateSchedule(schedule, learningRate, length - falling, falling);
    }
}
