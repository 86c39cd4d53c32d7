package dev.cyclestream.trainer.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.training.GradientCollector;
import dev.cyclestream.trainer.data.DiscriminatorAugmentation;
import dev.cyclestream.trainer.data.ImagePool;
import dev.cyclestream.trainer.domain.Direction;
import dev.cyclestream.trainer.loss.Losses;
import dev.cyclestream.trainer.loss.Losses.Pair;
import dev.cyclestream.trainer.loss.Objective;
import dev.cyclestream.trainer.pytorch.TrainableNetwork;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    private final Pools pools;
    private final DiscriminatorAugmentation augmentation;
    private final Optional<DomainClassification> classification;

    /** The history of fakes that each discriminator is shown. */
    public record Pools(ImagePool fakesA, ImagePool fakesB) implements AutoCloseable {
        @Override
        public void close() {
            fakesA.close();
            fakesB.close();
        }
    }

    /** What the generators made of a batch, and what they pay for it; the pairs are as in {@link Losses}. */
    private record GeneratorPass(
            NDArray fakeA,
            NDArray fakeB,
            Terms adversarial,
            Terms cycle,
            Terms identity,
            Optional<Terms> totalVariation,
            Optional<Terms> domain) {
        NDArray total() {
            Stream<Terms> further = Stream.concat(totalVariation.stream(), domain.stream());
            return Stream.concat(Stream.of(adversarial, cycle, identity), further)
                    .map(Terms::sum)
                    .reduce(NDArray::add)
                    .orElseThrow();
        }
    }

    /** Two scalars that are still part of the computation graph. */
    private record Terms(NDArray first, NDArray second) {
        NDArray sum() {
            return first.add(second);
        }

        Pair values() {
            return new Pair(value(first), value(second));
        }

        private static double value(NDArray scalar) {
            return scalar.toArray()[0].doubleValue();
        }
    }

    public TrainingStep(
            CycleGan model,
            Objective objective,
            Optimizers optimizers,
            Pools pools,
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
        model.setDiscriminatorsFrozen(true);
        GeneratorPass generators;
        try (GradientCollector collector = newGradientCollector(realA)) {
            generators = generatorPass(realA, realB, random);
            collector.backward(generators.total());
        }
        optimizers.generators().step(learningRate);

        model.setDiscriminatorsFrozen(false);
        Terms discriminators;
        NDArray shownA = pools.fakesA().exchange(generators.fakeA().stopGradient(), random);
        NDArray shownB = pools.fakesB().exchange(generators.fakeB().stopGradient(), random);
        try (GradientCollector collector = newGradientCollector(realA)) {
            discriminators = new Terms(
                    discrimination(model.discriminatorA(), realA, shownA, random),
                    discrimination(model.discriminatorB(), realB, shownB, random));
            collector.backward(discriminators.sum());
        }
        optimizers.discriminators().step(learningRate);

        Optional<Pair> classifier = classification.map(learner -> learner.learn(realA, realB, learningRate, random));
        return new Losses(
                generators.adversarial().values(),
                generators.cycle().values(),
                generators.identity().values(),
                discriminators.values(),
                generators.totalVariation().map(Terms::values),
                generators.domain().map(Terms::values),
                classifier);
    }

    private GeneratorPass generatorPass(NDArray realA, NDArray realB, RandomGenerator random) {
        NDList madeB = forward(model.generatorAToB(), realA, realB);
        NDArray fakeB = madeB.get(0);
        NDList madeA = forward(model.generatorBToA(), realB, realA, objective.halfway(fakeB, random));
        NDArray fakeA = madeA.get(0);
        NDArray returnedA = madeA.get(2);
        NDArray returnedB = model.generatorAToB().forward(objective.halfway(fakeA, random));
        Terms adversarial = new Terms(
                objective.deception(model.discriminatorB().forward(augmentation.apply(fakeB, random))),
                objective.deception(model.discriminatorA().forward(augmentation.apply(fakeA, random))));
        Terms cycle = new Terms(objective.cycleOfA(returnedA, realA), objective.cycleOfB(returnedB, realB));
        Terms identity =
                new Terms(objective.identityOfA(madeA.get(1), realA), objective.identityOfB(madeB.get(1), realB));
        Optional<Terms> totalVariation = objective.smooths()
                ? Optional.of(new Terms(objective.totalVariationOfA(fakeA), objective.totalVariationOfB(fakeB)))
                : Optional.empty();
        Optional<Terms> domain = classification.map(judge -> new Terms(
                judge.misclassification(fakeB, Direction.A_TO_B, random),
                judge.misclassification(fakeA, Direction.B_TO_A, random)));
        return new GeneratorPass(fakeA, fakeB, adversarial, cycle, identity, totalVariation, domain);
    }

    /** Batches of images through a generator, as one batch if they fit: fewer and larger operations take less time. */
    private static NDList forward(TrainableNetwork generator, NDArray... batches) {
        NDList images = new NDList(batches);
        return images.stream().map(NDArray::getShape).distinct().count() == 1
                ? generator.forward(NDArrays.concat(images)).split(batches.length)
                : images.stream().map(generator::forward).collect(Collectors.toCollection(NDList::new));
    }

    private NDArray discrimination(TrainableNetwork discriminator, NDArray real, NDArray fake, RandomGenerator random) {
        NDArray shownReal = augmentation.apply(real, random);
        NDArray shownFake = augmentation.apply(fake, random);
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
