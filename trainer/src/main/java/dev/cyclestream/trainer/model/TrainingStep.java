package dev.cyclestream.trainer.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.GradientCollector;
import dev.cyclestream.trainer.data.DiscriminatorAugmentation;
import dev.cyclestream.trainer.data.ImagePool;
import dev.cyclestream.trainer.domain.Domain;
import dev.cyclestream.trainer.domain.PerDomain;
import dev.cyclestream.trainer.loss.LossTerm;
import dev.cyclestream.trainer.loss.LossTerms;
import dev.cyclestream.trainer.loss.Losses;
import dev.cyclestream.trainer.loss.Objective;
import dev.cyclestream.trainer.pytorch.TrainableNetwork;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One step of training, in the order of the authors' PyTorch code.
 *
 * <table>
 * <caption>The paper's letters</caption>
 * <tr><th>paper</th><th>here</th></tr>
 * <tr><td>G: X to Y</td><td>generator A to B</td></tr>
 * <tr><td>F: Y to X</td><td>generator B to A</td></tr>
 * <tr><td>D_X, D_Y</td><td>discriminator A, discriminator B</td></tr>
 * </table>
 */
public final class TrainingStep {

    private final CycleGan model;
    private final Objective objective;
    private final Optimizers optimizers;
    private final PerDomain<ImagePool> pools;
    private final DiscriminatorAugmentation augmentation;
    private final Optional<DomainClassification> classification;

    /** @param pools the fakes of each domain that its discriminator was shown */
    public TrainingStep(
            CycleGan model,
            Objective objective,
            Optimizers optimizers,
            PerDomain<ImagePool> pools,
            DiscriminatorAugmentation augmentation,
            Optional<DomainClassification> classification) {
        this.model = model;
        this.objective = objective;
        this.optimizers = optimizers;
        this.pools = pools;
        this.augmentation = augmentation;
        this.classification = classification;
    }

    /**
     * Learns from one batch of each domain. Everything computed belongs to the images' manager, which the caller closes
     * after each step.
     *
     * @param realA images of domain A (N, 3, H, W) in [-1, 1]
     * @param realB as many images of domain B, of the same size or, without cropping, another
     * @param learningRate of all optimisers
     * @param random draws from the pools, for the augmentation and for the noise
     */
    public Losses run(NDArray realA, NDArray realB, double learningRate, RandomGenerator random) {
        PerDomain<NDArray> real = new PerDomain<>(realA, realB);
        model.setDiscriminatorsFrozen(true);
        Translations translations;
        Map<LossTerm, List<NDArray>> paid;
        try (GradientCollector collector = newGradientCollector(realA)) {
            translations = new Translations(
                    model, classification, augmentation, real, fake -> objective.withNoise(fake, random), random);
            paid = objective.terms(translations);
            collector.backward(total(paid.values()));
        }
        optimizers.generators().step(learningRate);

        model.setDiscriminatorsFrozen(false);
        List<NDArray> judged;
        PerDomain<NDArray> shown = shown(translations, random);
        try (GradientCollector collector = newGradientCollector(realA)) {
            judged = List.of(
                    discrimination(Domain.A, real, shown, random), discrimination(Domain.B, real, shown, random));
            collector.backward(total(List.of(judged)));
        }
        optimizers.discriminators().step(learningRate);

        Map<LossTerm, List<Double>> losses = new HashMap<>();
        paid.forEach((term, values) -> losses.put(term, numbers(values)));
        losses.put(LossTerms.DISCRIMINATOR, numbers(judged));
        classification.ifPresent(
                learner -> losses.put(LossTerms.DOMAIN_CLASSIFIER, learner.learn(realA, realB, learningRate, random)));
        return new Losses(losses);
    }

    /** The fakes that the discriminators are shown: these or earlier ones. */
    private PerDomain<NDArray> shown(Translations translations, RandomGenerator random) {
        NDArray ofA = pools.a().exchange(translations.fake(Domain.A).stopGradient(), random);
        NDArray ofB = pools.b().exchange(translations.fake(Domain.B).stopGradient(), random);
        return new PerDomain<>(ofA, ofB);
    }

    private static NDArray total(Collection<List<NDArray>> terms) {
        return terms.stream()
                .map(values -> values.get(0).add(values.get(1)))
                .reduce(NDArray::add)
                .orElseThrow();
    }

    private static List<Double> numbers(List<NDArray> scalars) {
        return scalars.stream().map(scalar -> scalar.toArray()[0].doubleValue()).toList();
    }

    private NDArray discrimination(
            Domain domain, PerDomain<NDArray> real, PerDomain<NDArray> fake, RandomGenerator random) {
        TrainableNetwork discriminator = model.discriminator(domain);
        NDArray shownReal = augmentation.apply(real.of(domain), random);
        NDArray shownFake = augmentation.apply(fake.of(domain), random);
        if (!shownReal.getShape().equals(shownFake.getShape())) { // without cropping, the pool holds fakes of all sizes
            return objective.discrimination(discriminator.forward(shownReal), discriminator.forward(shownFake));
        }
        NDList scores = discriminator.forward(shownReal.concat(shownFake)).split(2);
        return objective.discrimination(scores.get(0), scores.get(1));
    }

    private static GradientCollector newGradientCollector(NDArray images) {
        return images.getManager().getEngine().newGradientCollector();
    }
}
