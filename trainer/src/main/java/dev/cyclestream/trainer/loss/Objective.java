package dev.cyclestream.trainer.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import dev.cyclestream.trainer.pytorch.NativeNumber;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What training minimises: the paper's equation 3 with the identity term of section 5.2.
 *
 * @param adversarialLoss how patch scores are judged
 * @param cycleLoss how reconstructions are judged
 * @param weights of the generators' terms
 * @param cycleNoise standard deviation of the noise that a fake gets before its round trip goes on, in units of [-1, 1]; 0 in
 *     the paper
 */
public record Objective(AdversarialLoss adversarialLoss, PixelDistance cycleLoss, Weights weights, double cycleNoise) {

    /** The discriminators learn at half the pace of the generators (section 4, training details). */
    private static final double DISCRIMINATOR_WEIGHT = 0.5;

    private static final NDIndex LEFT = new NDIndex("..., :-1");
    private static final NDIndex RIGHT = new NDIndex("..., 1:");
    private static final NDIndex UPPER = new NDIndex("..., :-1, :");
    private static final NDIndex LOWER = new NDIndex("..., 1:, :");

    /**
     * Weights of the generators' terms.
     *
     * @param adversarial weight of both adversarial terms; 1 in the paper
     * @param cycle lambda: weights of the round trips of images of A and of B; 10 each in the paper
     * @param identity weights of leaving images of A and of B unchanged; 5 each in the paper (half of lambda), 0 for none
     * @param totalVariation weights of the roughness of fakes of A and of B; 0 in the paper, which has no such term
     * @param domain weight of both domain classification losses; 0 in the paper, which has none
     */
    public record Weights(
            double adversarial, PerDomain cycle, PerDomain identity, PerDomain totalVariation, double domain) {

        /** As the paper trains. */
        public static final Weights PAPER = new Weights(1, PerDomain.both(10), PerDomain.both(5), PerDomain.NONE, 0);

        public Weights {
            requireNotNegative("adversarial weight", adversarial);
            requireNotNegative("cycle weight of A", cycle.a());
            requireNotNegative("cycle weight of B", cycle.b());
            requireNotNegative("identity weight of A", identity.a());
            requireNotNegative("identity weight of B", identity.b());
            totalVariation = Optional.ofNullable(totalVariation).orElse(PerDomain.NONE); // runs that knew none
            requireNotNegative("total variation weight of A", totalVariation.a());
            requireNotNegative("total variation weight of B", totalVariation.b());
            requireNotNegative("domain weight", domain);
        }
    }

    /** A number for each domain. */
    public record PerDomain(double a, double b) {

        /** Zero for both. */
        public static final PerDomain NONE = both(0);

        /** The same for both. */
        public static PerDomain both(double value) {
            return new PerDomain(value, value);
        }
    }

    public Objective {
        requireNotNegative("cycle noise", cycleNoise);
    }

    /** The weights and the form that the paper trains with. */
    public static Objective ofPaper() {
        return new Objective(AdversarialLoss.LEAST_SQUARES, PixelDistance.L1, Weights.PAPER, 0);
    }

    /**
     * A fake as its round trip goes on from it: with noise, so that what the way back needs cannot be hidden in faint patterns
     * (Bashkirova, Usman, Saenko, NeurIPS 2019, "Adversarial self-defense for cycle-consistent GANs").
     *
     * @param fake (N, 3, H, W) in [-1, 1]
     * @return the same shape, clipped to no range; without noise, the fake itself
     */
    public NDArray halfway(NDArray fake, RandomGenerator random) {
        if (cycleNoise == 0) {
            return fake;
        }
        float[] noise = new float[Math.toIntExact(fake.size())];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) random.nextGaussian(0, cycleNoise);
        }
        return fake.add(fake.getManager().create(noise, fake.getShape()).toType(fake.getDataType(), false));
    }

    /** What a generator pays for a fake that the discriminator of the target domain does not take for real. */
    public NDArray deception(NDArray scoresOfFake) {
        return weighted(adversarialLoss.of(scoresOfFake, true), weights.adversarial());
    }

    /** What the round trip of images of A pays. */
    public NDArray cycleOfA(NDArray reconstruction, NDArray image) {
        return weighted(cycleLoss.of(reconstruction, image), weights.cycle().a());
    }

    /** What the round trip of images of B pays. */
    public NDArray cycleOfB(NDArray reconstruction, NDArray image) {
        return weighted(cycleLoss.of(reconstruction, image), weights.cycle().b());
    }

    /** What generator B to A pays for changing images that are in A already. */
    public NDArray identityOfA(NDArray unchanged, NDArray image) {
        return weighted(
                PixelDistance.L1.of(unchanged, image), weights.identity().a());
    }

    /** What generator A to B pays for changing images that are in B already. */
    public NDArray identityOfB(NDArray unchanged, NDArray image) {
        return weighted(
                PixelDistance.L1.of(unchanged, image), weights.identity().b());
    }

    /** Whether generators pay for rough fakes. */
    public boolean smooths() {
        return !weights.totalVariation().equals(PerDomain.NONE);
    }

    /** What generator B to A pays for the roughness of a fake of A. */
    public NDArray totalVariationOfA(NDArray fake) {
        return weighted(totalVariation(fake), weights.totalVariation().a());
    }

    /** What generator A to B pays for the roughness of a fake of B. */
    public NDArray totalVariationOfB(NDArray fake) {
        return weighted(totalVariation(fake), weights.totalVariation().b());
    }

    /**
     * Mean absolute difference of neighbours in a row plus that of neighbours in a column: small where areas are flat, however
     * sharp their edges are (Rudin, Osher, Fatemi, Physica D 60, 1992; as a loss: Johnson, Alahi, Fei-Fei, ECCV 2016).
     */
    private static NDArray totalVariation(NDArray image) {
        return PixelDistance.L1
                .of(image.get(RIGHT), image.get(LEFT))
                .add(PixelDistance.L1.of(image.get(LOWER), image.get(UPPER)));
    }

    /** Whether there are domain classification losses, so that a classifier has to learn. */
    public boolean classifiesDomains() {
        return weights.domain() > 0;
    }

    /**
     * What a generator pays for a fake that the domain classifier does not take for the target domain.
     *
     * @param scoresOfFake (N, 1, h, w), whose mean over all places is the logit of "domain B"
     * @param ofB whether B is the target domain
     */
    public NDArray misclassification(NDArray scoresOfFake, boolean ofB) {
        return weighted(classification(scoresOfFake, ofB), weights.domain());
    }

    /** What the domain classifier pays for its judgement of a real image: binary cross entropy. */
    public NDArray classification(NDArray scores, boolean ofB) {
        NDArray logits = scores.mean(new int[] {2}, true).mean(new int[] {3}, true);
        return AdversarialLoss.LOG.of(logits, ofB);
    }

    /** What a discriminator pays for its judgement of a real image and of a fake. */
    public NDArray discrimination(NDArray scoresOfReal, NDArray scoresOfFake) {
        NDArray both = adversarialLoss.of(scoresOfReal, true).add(adversarialLoss.of(scoresOfFake, false));
        return weighted(both, DISCRIMINATOR_WEIGHT);
    }

    private static NDArray weighted(NDArray loss, double weight) {
        return loss.mul(NativeNumber.of(weight, loss));
    }

    private static void requireNotNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("%s: expected 0 or more, found %s".formatted(name, value));
        }
    }
}
