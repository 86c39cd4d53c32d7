package dev.cyclestream.trainer.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import dev.cyclestream.trainer.data.DiscriminatorAugmentation;
import dev.cyclestream.trainer.domain.Domain;
import dev.cyclestream.trainer.domain.PerDomain;
import dev.cyclestream.trainer.loss.GeneratorPass;
import dev.cyclestream.trainer.pytorch.TrainableNetwork;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Both generators' translations of a batch of each domain, there and back; recorded while a gradient collector is open. */
final class Translations implements GeneratorPass {

    private final CycleGan model;
    private final Optional<DomainClassification> classification;
    private final DiscriminatorAugmentation augmentation;
    private final RandomGenerator random;
    private final PerDomain<NDArray> real;
    private final PerDomain<NDArray> fake;
    private final PerDomain<NDArray> returned;
    private final PerDomain<NDArray> unchanged;

    /**
     * Runs the images through the generators.
     *
     * @param noise what a fake gets before it is translated back
     * @param random draws for what is done to images before they are judged
     */
    Translations(
            CycleGan model,
            Optional<DomainClassification> classification,
            DiscriminatorAugmentation augmentation,
            PerDomain<NDArray> real,
            UnaryOperator<NDArray> noise,
            RandomGenerator random) {
        this.model = model;
        this.classification = classification;
        this.augmentation = augmentation;
        this.random = random;
        this.real = real;
        NDList madeB = forward(model.generatorAToB(), real.a(), real.b());
        NDArray fakeB = madeB.get(0);
        NDList madeA = forward(model.generatorBToA(), real.b(), real.a(), noise.apply(fakeB));
        NDArray fakeA = madeA.get(0);
        fake = new PerDomain<>(fakeA, fakeB);
        returned = new PerDomain<>(madeA.get(2), model.generatorAToB().forward(noise.apply(fakeA)));
        unchanged = new PerDomain<>(madeA.get(1), madeB.get(1));
    }

    /** Batches of images through a generator, as one batch if they fit: fewer and larger operations take less time. */
    private static NDList forward(TrainableNetwork generator, NDArray... batches) {
        NDList images = new NDList(batches);
        return images.stream().map(NDArray::getShape).distinct().count() == 1
                ? generator.forward(NDArrays.concat(images)).split(batches.length)
                : images.stream().map(generator::forward).collect(Collectors.toCollection(NDList::new));
    }

    @Override
    public NDArray real(Domain domain) {
        return real.of(domain);
    }

    @Override
    public NDArray fake(Domain domain) {
        return fake.of(domain);
    }

    @Override
    public NDArray returned(Domain domain) {
        return returned.of(domain);
    }

    @Override
    public NDArray unchanged(Domain domain) {
        return unchanged.of(domain);
    }

    @Override
    public NDArray scores(Domain domain) {
        return model.discriminator(domain).forward(augmentation.apply(fake(domain), random));
    }

    @Override
    public NDArray classifierScores(Domain domain) {
        return classification.orElseThrow().scores(fake(domain), random);
    }
}
