package dev.cyclestream.trainer.cli;

import dev.cyclestream.option.Range;
import dev.cyclestream.trainer.loss.AdversarialLoss;
import dev.cyclestream.trainer.loss.Objective;
import dev.cyclestream.trainer.loss.Objective.PerDomain;
import dev.cyclestream.trainer.loss.Objective.Weights;
import dev.cyclestream.trainer.loss.PixelDistance;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What training minimises, as the command line describes it. */
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

    @Option(names = "--adversarial-weight", defaultValue = "1", description = "Weight of the adversarial terms.")
    @Range(from = "0")
    private double adversarialWeight;

    @Option(names = "--cycle-weight", defaultValue = "10", description = "Weight of the round trips.")
    @Range(from = "0")
    private double cycleWeight;

    @Option(names = "--cycle-weight-a", description = "For images of A. Default: --cycle-weight.")
    @Range(from = "0")
    private Optional<Double> cycleWeightA;

    @Option(names = "--cycle-weight-b", description = "For images of B. Default: --cycle-weight.")
    @Range(from = "0")
    private Optional<Double> cycleWeightB;

    @Option(
            names = "--cycle-noise",
            defaultValue = "0",
            description =
                    "Standard deviation of the noise that a translation gets before it is translated back, such as"
                            + " 0.1, in units of [-1, 1]: the way back cannot be hidden in faint patterns then.")
    @Range(from = "0")
    private double cycleNoise;

    @Option(
            names = "--identity-weight",
            defaultValue = "5",
            description = "Weight of leaving images of the target domain unchanged; 0 leaves the terms out.")
    @Range(from = "0")
    private double identityWeight;

    @Option(names = "--identity-weight-a", description = "For images of A. Default: --identity-weight.")
    @Range(from = "0")
    private Optional<Double> identityWeightA;

    @Option(names = "--identity-weight-b", description = "For images of B. Default: --identity-weight.")
    @Range(from = "0")
    private Optional<Double> identityWeightB;

    @Option(
            names = "--total-variation-weight",
            defaultValue = "0",
            description =
                    "Weight of the roughness of translations, their total variation, which areas of one colour have"
                            + " little of; such as 0.5, 0 leaves the terms out.")
    @Range(from = "0")
    private double totalVariationWeight;

    @Option(
            names = "--total-variation-weight-a",
            description = "For translations into A. Default: --total-variation-weight.")
    @Range(from = "0")
    private Optional<Double> totalVariationWeightA;

    @Option(
            names = "--total-variation-weight-b",
            description = "For translations into B. Default: --total-variation-weight.")
    @Range(from = "0")
    private Optional<Double> totalVariationWeightB;

    @Option(
            names = "--domain-weight",
            defaultValue = "0",
            description = "Weight of the domain classification loss: a classifier learns to tell the domains apart, and"
                    + " the generators pay for what it does not take for the target domain; such as 0.25, 0 for none.")
    @Range(from = "0")
    private double domainWeight;

    Objective objective() {
        Weights weights = new Weights(
                adversarialWeight,
                new PerDomain(cycleWeightA.orElse(cycleWeight), cycleWeightB.orElse(cycleWeight)),
                new PerDomain(identityWeightA.orElse(identityWeight), identityWeightB.orElse(identityWeight)),
                new PerDomain(
                        totalVariationWeightA.orElse(totalVariationWeight),
                        totalVariationWeightB.orElse(totalVariationWeight)),
                domainWeight);
        return new Objective(adversarialLoss, cycleLoss, weights, cycleNoise);
    }
}
