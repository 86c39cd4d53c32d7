package dev.cyclestream.trainer.loss;

import ai.djl.ndarray.NDArray;
import dev.cyclestream.failure.WrongSetUpException;
import dev.cyclestream.trainer.loss.LossTerm.OfGenerators;
import dev.cyclestream.trainer.loss.LossTerm.Side;
import dev.cyclestream.trainer.pytorch.NativeNumber;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The objective that training minimises: the paper's equation 3 with the identity term of section 5.2, and further
 * terms of {@link LossTerms} that have a weight.
 *
 * @param adversarialLoss how patch scores are judged
 * @param cycleLoss how reconstructions are judged
 * @param weights of the generators' terms
 * @param cycleNoise standard deviation of the noise that a fake gets before its round trip goes on, in units of [-1, 1]; 0 in
 *     the paper
 */
public record Objective(AdversarialLoss adversarialLoss, PixelDistance cycleLoss, Weights weights, double cycleNoise)
        implements LossForms {

    /** The discriminators learn at half the pace of the generators (section 4, training details). */
    private static final double DISCRIMINATOR_WEIGHT = 0.5;

    public Objective {
        if (!(cycleNoise >= 0) || Double.isInfinite(cycleNoise)) {
            throw new WrongSetUpException("cycle noise: expected 0 or more, found " + cycleNoise);
        }
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
    public NDArray withNoise(NDArray fake, RandomGenerator random) {
        if (cycleNoise == 0) {
            return fake;
        }
        float[] noise = new float[Math.toIntExact(fake.size())];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) random.nextGaussian(0, cycleNoise);
        }
        return fake.add(fake.getManager().create(noise, fake.getShape()).toType(fake.getDataType(), false));
    }

    /** True if there are domain classification losses, so that a classifier has to learn. */
    public boolean classifiesDomains() {
        return weights.include(LossTerms.DOMAIN);
    }

    /** The terms that the generators pay for a pass, weights included: of each both values, in the order of its sides. */
    public Map<LossTerm, List<NDArray>> terms(GeneratorPass pass) {
        Map<LossTerm, List<NDArray>> values = new LinkedHashMap<>();
        for (OfGenerators term : LossTerms.OF_GENERATORS) {
            if (weights.include(term)) {
                List<Side> sides = term.sides().list();
                values.put(term, List.of(value(term, pass, sides.get(0)), value(term, pass, sides.get(1))));
            }
        }
        return values;
    }

    private NDArray value(OfGenerators term, GeneratorPass pass, Side side) {
        return weighted(
                term.formula().of(this, pass, side.domain()), weights.of(term).of(side.domain()));
    }

    /** The loss of a discriminator for its judgement of a real image and of a fake. */
    public NDArray discrimination(NDArray scoresOfReal, NDArray scoresOfFake) {
        NDArray both = adversarialLoss.of(scoresOfReal, true).add(adversarialLoss.of(scoresOfFake, false));
        return weighted(both, DISCRIMINATOR_WEIGHT);
    }

    private static NDArray weighted(NDArray loss, double weight) {
        return loss.mul(NativeNumber.of(weight, loss));
    }
}
