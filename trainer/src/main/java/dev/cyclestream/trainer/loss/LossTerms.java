package dev.cyclestream.trainer.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import dev.cyclestream.trainer.domain.Domain;
import dev.cyclestream.trainer.loss.LossTerm.OfGenerators;
import dev.cyclestream.trainer.loss.LossTerm.OfLearner;
import dev.cyclestream.trainer.loss.LossTerm.Sides;
import dev.cyclestream.trainer.loss.LossTerm.Weight;
import java.util.List;

/** All terms of what training minimises. A new one is an entry here, at the end of the list. */
public final class LossTerms {

    /** The generators' part of the adversarial loss. */
    public static final OfGenerators ADVERSARIAL = new OfGenerators(
            "adversarial",
            "Adversarial loss",
            Sides.DIRECTIONS,
            "Zhu, Park, Isola, Efros, ICCV 2017, equation 1 and section 4",
            new Weight(1, "Weight of the adversarial terms.", "translations into"),
            (forms, pass, domain) -> forms.adversarialLoss().of(pass.scores(domain), true));

    /** The distance between an image and what its round trip brings back. */
    public static final OfGenerators CYCLE = new OfGenerators(
            "cycle",
            "Cycle loss",
            Sides.DOMAINS,
            "Zhu, Park, Isola, Efros, ICCV 2017, equation 2",
            new Weight(10, "Weight of the round trips.", "images of"),
            (forms, pass, domain) -> forms.cycleLoss().of(pass.returned(domain), pass.real(domain)));

    /** The distance between an image and what the generator into its own domain makes of it. */
    public static final OfGenerators IDENTITY = new OfGenerators(
            "identity",
            "Identity loss",
            Sides.DOMAINS,
            "Zhu, Park, Isola, Efros, ICCV 2017, section 5.2",
            new Weight(
                    5, "Weight of leaving images of the target domain unchanged; 0 leaves the terms out.", "images of"),
            (forms, pass, domain) -> PixelDistance.L1.of(pass.unchanged(domain), pass.real(domain)));

    /** The discriminators' part of the adversarial loss. */
    public static final OfLearner DISCRIMINATOR = new OfLearner(
            "discriminator", "Discriminator loss", "Zhu, Park, Isola, Efros, ICCV 2017, equation 1 and section 4");

    /** The roughness of fakes: small where areas are flat, however sharp their edges are. */
    public static final OfGenerators TOTAL_VARIATION = new OfGenerators(
            "total variation",
            "Total variation loss",
            Sides.DOMAINS,
            "Rudin, Osher, Fatemi, Physica D 60, 1992; as a loss: Johnson, Alahi, Fei-Fei, ECCV 2016",
            new Weight(
                    0,
                    "Weight of the roughness of translations, their total variation, which areas of one colour have"
                            + " little of; such as 0.5, 0 leaves the terms out.",
                    "translations into"),
            (forms, pass, domain) -> totalVariation(pass.fake(domain)));

    /** The domain classification loss of fakes that the classifier does not take for their target domain. */
    public static final OfGenerators DOMAIN = new OfGenerators(
            "domain",
            "Domain classification loss",
            Sides.DIRECTIONS,
            "Choi et al., CVPR 2018, \"StarGAN\"",
            new Weight(
                    0,
                    "Weight of the domain classification loss: a classifier learns to tell the domains apart, and"
                            + " the generators pay for what it does not take for the target domain; such as 0.25, 0"
                            + " for none.",
                    "translations into"),
            (forms, pass, domain) -> classification(pass.classifierScores(domain), domain));

    /** The loss of the classifier that learns to tell real images of both domains apart. */
    public static final OfLearner DOMAIN_CLASSIFIER =
            new OfLearner("domain classifier", "Domain classifier loss", "Choi et al., CVPR 2018, \"StarGAN\"");

    /** All terms, in the order of the columns of {@code metrics.csv}. */
    public static final List<LossTerm> ALL =
            List.of(ADVERSARIAL, CYCLE, IDENTITY, DISCRIMINATOR, TOTAL_VARIATION, DOMAIN, DOMAIN_CLASSIFIER);

    /** The terms that the generators pay, in the order in which they are computed. */
    public static final List<OfGenerators> OF_GENERATORS = ALL.stream()
            .filter(OfGenerators.class::isInstance)
            .map(OfGenerators.class::cast)
            .toList();

    private static final NDIndex LEFT = new NDIndex("..., :-1");
    private static final NDIndex RIGHT = new NDIndex("..., 1:");
    private static final NDIndex UPPER = new NDIndex("..., :-1, :");
    private static final NDIndex LOWER = new NDIndex("..., 1:, :");

    private LossTerms() {}

    /** Mean absolute difference of neighbours in a row plus that of neighbours in a column. */
    private static NDArray totalVariation(NDArray image) {
        return PixelDistance.L1
                .of(image.get(RIGHT), image.get(LEFT))
                .add(PixelDistance.L1.of(image.get(LOWER), image.get(UPPER)));
    }

    /**
     * Binary cross entropy of a domain classifier's judgement.
     *
     * @param scores (N, 1, h, w), whose mean over all places is the logit of B
     * @param domain the answer that would cost nothing
     */
    public static NDArray classification(NDArray scores, Domain domain) {
        NDArray logits = scores.mean(new int[] {2}, true).mean(new int[] {3}, true);
        return AdversarialLoss.LOG.of(logits, domain == Domain.B);
    }
}
