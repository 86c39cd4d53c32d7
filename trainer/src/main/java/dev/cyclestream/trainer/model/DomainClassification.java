package dev.cyclestream.trainer.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.cyclestream.trainer.data.DiscriminatorAugmentation;
import dev.cyclestream.trainer.data.Seed;
import dev.cyclestream.trainer.domain.Domain;
import dev.cyclestream.trainer.loss.LossTerms;
import dev.cyclestream.trainer.network.Network;
import dev.cyclestream.trainer.pytorch.Adam;
import dev.cyclestream.trainer.pytorch.TrainableNetwork;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A network that learns to tell real images of A from real images of B, for the domain classification loss: generators pay
 * for fakes that it does not take for the target domain (Choi et al., CVPR 2018, "StarGAN").
 *
 * <p>A discriminator asks whether a fake is like the images of its domain, which a hesitant fake can be; this one asks for
 * what sets the domains apart. It is built like a discriminator and never sees a fake while it learns. Owns its native memory.
 */
public final class DomainClassification implements AutoCloseable {

    /** Name of the network, and of its file. */
    public static final String NAME = "domain_classifier";

    private final TrainableNetwork classifier;
    private final Adam optimizer;
    private final DiscriminatorAugmentation augmentation;

    private DomainClassification(TrainingSettings settings, TrainableNetwork classifier, NDManager manager) {
        this.classifier = classifier;
        this.optimizer = new Adam(
                classifier.parameters(), manager, settings.optimization().betas());
        this.augmentation = settings.images().discriminatorAugmentation();
    }

    /** A classifier that knows nothing yet. */
    public static DomainClassification fresh(TrainingSettings settings, NDManager manager) {
        RandomGenerator random = settings.seed().stream(Seed.Purpose.WEIGHTS, CycleGan.NAMES.size());
        return new DomainClassification(settings, TrainableNetwork.fresh(network(settings), manager, random), manager);
    }

    /** A classifier that goes on from the given weights, with a new optimiser. */
    public static DomainClassification of(TrainingSettings settings, Map<String, NDArray> weights, NDManager manager) {
        return new DomainClassification(settings, TrainableNetwork.of(network(settings), manager, weights), manager);
    }

    private static Network network(TrainingSettings settings) {
        return settings.architecture().discriminator().network();
    }

    /**
     * The classifier's scores of a fake.
     *
     * @param fake (N, 3, H, W) in [-1, 1], before its augmentation
     * @return (N, 1, h, w); gradients go to the fake, none to the classifier
     */
    NDArray scores(NDArray fake, RandomGenerator random) {
        classifier.setFrozen(true);
        return classifier.forward(augmentation.apply(fake, random));
    }

    /**
     * Learns from one batch of each domain.
     *
     * @return the losses of real images of A and of B
     */
    List<Double> learn(NDArray realA, NDArray realB, double learningRate, RandomGenerator random) {
        classifier.setFrozen(false);
        NDArray ofA;
        NDArray ofB;
        try (GradientCollector collector = realA.getManager().getEngine().newGradientCollector()) {
            ofA = LossTerms.classification(classifier.forward(augmentation.apply(realA, random)), Domain.A);
            ofB = LossTerms.classification(classifier.forward(augmentation.apply(realB, random)), Domain.B);
            collector.backward(ofA.add(ofB));
        }
        optimizer.step(learningRate);
        return List.of(ofA.toArray()[0].doubleValue(), ofB.toArray()[0].doubleValue());
    }

    public TrainableNetwork classifier() {
        return classifier;
    }

    /** The optimiser of the classifier alone. */
    public Adam optimizer() {
        return optimizer;
    }

    @Override
    public void close() {
        optimizer.close();
        classifier.close();
    }
}
