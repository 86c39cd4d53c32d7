package dev.cyclestream.trainer.loss;

import ai.djl.ndarray.NDArray;

/**
 * What training minimises: the paper's equation 3 with the identity term of section 5.2.
 *
 * @param adversarial how patch scores are judged
 * @param cycleWeight lambda of the cycle terms; 10 in the paper
 * @param identityWeight weight of the identity terms; 5 in the paper (half of lambda), 0 leaves them out
 */
public record Objective(AdversarialLoss adversarial, double cycleWeight, double identityWeight) {

    /** The discriminators learn at half the pace of the generators (section 4, training details). */
    private static final double DISCRIMINATOR_WEIGHT = 0.5;

    public Objective {
        requireNotNegative("cycle weight", cycleWeight);
        requireNotNegative("identity weight", identityWeight);
    }

    /** The weights and the form that the paper trains with. */
    public static Objective ofPaper() {
        return new Objective(AdversarialLoss.LEAST_SQUARES, 10, 5);
    }

    /** What a generator pays for a fake that the discriminator of the target domain does not take for real. */
    public NDArray deception(NDArray scoresOfFake) {
        return adversarial.of(scoresOfFake, true);
    }

    /** What a round trip pays: lambda times the mean absolute distance between image and reconstruction. */
    public NDArray cycle(NDArray reconstruction, NDArray image) {
        return meanAbsoluteDistance(reconstruction, image).mul(cycleWeight);
    }

    /** What a generator pays for changing an image that is in its target domain already. */
    public NDArray identity(NDArray unchanged, NDArray image) {
        return meanAbsoluteDistance(unchanged, image).mul(identityWeight);
    }

    /** What a discriminator pays for its judgement of a real image and of a fake. */
    public NDArray discrimination(NDArray scoresOfReal, NDArray scoresOfFake) {
        return adversarial
                .of(scoresOfReal, true)
                .add(adversarial.of(scoresOfFake, false))
                .mul(DISCRIMINATOR_WEIGHT);
    }

    // DJL's own L1Loss returns a constant for any weight but 1.
    private static NDArray meanAbsoluteDistance(NDArray left, NDArray right) {
        return left.sub(right).abs().mean();
    }

    private static void requireNotNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("%s: expected 0 or more, found %s".formatted(name, value));
        }
    }
}
