package dev.cyclestream.trainer.cli;

import dev.cyclestream.option.Range;
import dev.cyclestream.trainer.loss.AdversarialLoss;
import dev.cyclestream.trainer.loss.Objective;
import dev.cyclestream.trainer.loss.PixelDistance;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The objective, as the command line describes it. */
final class ObjectiveOptions {

    @Option(
            names = "--adversarial-loss",
            defaultValue = "least-squares",
            description = "Loss of the patch scores: ${COMPLETION-CANDIDATES}.")
    private AdversarialLoss adversarialLoss;

    @Option(
            names = "--cycle-loss",
            defaultValue = "L1",
            description = "Distance of reconstructions: ${COMPLETION-CANDIDATES}.")
    private PixelDistance cycleLoss;

    @Option(
            names = "--cycle-noise",
            defaultValue = "0",
            description =
                    "Standard deviation of the noise that a translation gets before it is translated back, such as"
                            + " 0.1, in units of [-1, 1]: the way back cannot be hidden in faint patterns then.")
    @Range(from = "0")
    private double cycleNoise;

    private WeightFlags weights;

    /** Gives the command that takes these options the flags of all weights as well. */
    @Spec(Spec.Target.MIXEE)
    void addWeights(CommandSpec command) {
        weights = WeightFlags.addTo(command);
    }

    Objective objective() {
        return new Objective(adversarialLoss, cycleLoss, weights.weights(), cycleNoise);
    }
}
