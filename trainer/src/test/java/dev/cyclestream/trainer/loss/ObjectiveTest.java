package dev.cyclestream.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.cyclestream.trainer.domain.Domain;
import dev.cyclestream.trainer.domain.PerDomain;
import dev.cyclestream.trainer.pytorch.PyTorch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every expected number was computed by hand. */
class ObjectiveTest {

    private final NDManager manager = PyTorch.newManager();
    private final Objective objective = new Objective(
            AdversarialLoss.LEAST_SQUARES,
            PixelDistance.L1,
            Weights.PAPER
                    .with(LossTerms.ADVERSARIAL, PerDomain.both(2.0))
                    .with(LossTerms.CYCLE, new PerDomain<>(7.0, 70.0))
                    .with(LossTerms.IDENTITY, new PerDomain<>(3.0, 30.0))
                    .with(LossTerms.TOTAL_VARIATION, new PerDomain<>(5.0, 50.0))
                    .with(LossTerms.DOMAIN, PerDomain.both(4.0)),
            0.1);
    private final KnownPass pass = new KnownPass();

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @Test
    void adversarialLossIsTheWeightedMeanSquaredDistanceToReal() {
        pass.scores = new PerDomain<>(array(1, 1), array(0.5, 3));
        // A to B is judged by the discriminator of B: 2 * ((0.5 - 1)^2 + (3 - 1)^2) / 2
        assertThat(values(LossTerms.ADVERSARIAL)).containsExactly(4.25, 0.0);
    }

    @Test
    void discriminationIsHalfOfBothJudgements() {
        // 0.5 * (((0.5 - 1)^2 + (1 - 1)^2) / 2 + (0.25^2 + 0.5^2) / 2)
        NDArray loss = objective.discrimination(array(0.5, 1), array(0.25, 0.5));
        assertThat(value(loss)).isCloseTo(0.140625, within(1e-15));
    }

    @Test
    void cycleLossIsWeighted() {
        pass.returned = PerDomain.both(array(1, -1));
        pass.real = PerDomain.both(array(0.5, 1));
        // 7 * (|1 - 0.5| + |-1 - 1|) / 2
        assertThat(values(LossTerms.CYCLE)).containsExactly(8.75, 87.5);
    }

    @Test
    void cycleLossOfPerfectReconstructionIsZero() {
        pass.returned = PerDomain.both(array(0.3, -0.2));
        pass.real = PerDomain.both(array(0.3, -0.2));
        assertThat(values(LossTerms.CYCLE)).containsExactly(0.0, 0.0);
    }

    @Test
    void fakeGoesOnWithNoiseOfTheGivenDeviation() {
        NDArray fake = manager.full(new Shape(1, 3, 64, 64), 0.5f, DataType.FLOAT64);
        NDArray noise = objective.withNoise(fake, new SplittableRandom(1)).sub(fake);
        assertThat(noise.getShape()).isEqualTo(fake.getShape());
        assertThat(noise.getDataType()).isEqualTo(DataType.FLOAT64);
        // 12,288 draws: standard errors of 0.0009 and 0.0006
        assertThat(noise.mean().getDouble()).isCloseTo(0, within(0.005));
        assertThat(Math.sqrt(noise.square().mean().getDouble())).isCloseTo(0.1, within(0.005));
    }

    @Test
    void noiseIsTheSameForTheSameRandomNumbers() {
        NDArray fake = manager.zeros(new Shape(1, 3, 8, 8));
        assertThat(objective.withNoise(fake, new SplittableRandom(1)))
                .isEqualTo(objective.withNoise(fake, new SplittableRandom(1)));
    }

    @Test
    void fakeGoesOnUnchangedInThePaper() {
        NDArray fake = array(0.5, 3);
        assertThat(Objective.ofPaper().withNoise(fake, new SplittableRandom(1))).isSameAs(fake);
    }

    @Test
    void identityLossIsWeighted() {
        pass.unchanged = PerDomain.both(array(0, 0));
        pass.real = PerDomain.both(array(0.5, -1));
        // 3 * (|0 - 0.5| + |0 + 1|) / 2
        assertThat(values(LossTerms.IDENTITY)).containsExactly(2.25, 22.5);
    }

    @Test
    void squaredPixelDistanceIsTheMeanSquare() {
        assertThat(value(PixelDistance.L2.of(array(1, -1), array(0.5, 1)))).isEqualTo((0.25 + 4) / 2);
    }

    @Test
    void weightsScaleTheGradient() {
        NDArray reconstruction = array(1, -1);
        reconstruction.setRequiresGradient(true);
        try (var collector = manager.getEngine().newGradientCollector()) {
            pass.returned = PerDomain.both(reconstruction);
            pass.real = PerDomain.both(array(0.5, 1));
            collector.backward(objective.terms(pass).get(LossTerms.CYCLE).get(0));
        }
        assertThat(reconstruction.getGradient().toDoubleArray()).containsExactly(3.5, -3.5);
    }

    /** PyTorch reads the weight again on the way back; it must not have been freed with Java's garbage. */
    @Test
    void gradientOutlivesAGarbageCollection() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            NDArray scores = array(0.5, 3);
            scores.setRequiresGradient(true);
            try (var collector = manager.getEngine().newGradientCollector()) {
                pass.scores = PerDomain.both(scores);
                NDArray loss = objective.terms(pass).get(LossTerms.ADVERSARIAL).get(0);
                System.gc();
                Thread.sleep(20); // another thread frees what the collector found
                collector.backward(loss);
            }
            assertThat(scores.getGradient().toDoubleArray()).containsExactly(-1, 4);
        }
    }

    @Test
    void domainIsJudgedByTheMeanOverAllPlaces() {
        // the logit is (4 + 0) / 2 = 2: -log sigmoid(2) = log(1 + e^-2), and log(1 + e^2) for "domain A"
        NDArray scores = manager.create(new double[] {4, 0}, new Shape(1, 1, 1, 2));
        double asB = Math.log1p(Math.exp(-2));
        double asA = Math.log1p(Math.exp(2));
        assertThat(value(LossTerms.classification(scores, Domain.B))).isCloseTo(asB, within(1e-12));
        assertThat(value(LossTerms.classification(scores, Domain.A))).isCloseTo(asA, within(1e-12));
        pass.classifierScores = PerDomain.both(scores);
        assertThat(values(LossTerms.DOMAIN).get(0)).isCloseTo(4 * asB, within(1e-12));
        assertThat(values(LossTerms.DOMAIN).get(1)).isCloseTo(4 * asA, within(1e-12));
    }

    @Test
    void totalVariationIsTheDifferenceOfNeighbours() {
        NDArray fake = manager.create(new double[] {0, 1, 0, -1, -1, 1}, new Shape(1, 1, 2, 3));
        // in rows |1| + |-1| + |0| + |2| over 4 pairs, in columns |-1| + |-2| + |1| over 3
        double expected = 1 + 4.0 / 3;
        pass.fake = PerDomain.both(fake);
        assertThat(values(LossTerms.TOTAL_VARIATION).get(0)).isCloseTo(5 * expected, within(1e-12));
        assertThat(values(LossTerms.TOTAL_VARIATION).get(1)).isCloseTo(50 * expected, within(1e-12));
    }

    @Test
    void termsThatThePaperHasNoneOfAreLeftOutUnlessTheyHaveAWeight() {
        assertThat(Objective.ofPaper().classifiesDomains()).isFalse();
        assertThat(objective.classifiesDomains()).isTrue();
        assertThat(Objective.ofPaper().terms(pass))
                .containsOnlyKeys(LossTerms.ADVERSARIAL, LossTerms.CYCLE, LossTerms.IDENTITY);
        assertThat(objective.terms(pass)).containsKeys(LossTerms.TOTAL_VARIATION, LossTerms.DOMAIN);
        Weights ofB = Weights.PAPER.with(LossTerms.TOTAL_VARIATION, new PerDomain<>(0.0, 1.0));
        assertThat(ofB.include(LossTerms.TOTAL_VARIATION)).isTrue();
    }

    @Test
    void lossesAreNamedAndOrderedAsTheTermsAre() {
        Map<LossTerm, List<Double>> byTerm = new HashMap<>();
        for (LossTerm term : LossTerms.ALL.subList(0, 7)) {
            byTerm.put(term, List.of(1.0, 2.0));
        }
        assertThat(new Losses(byTerm).byName().keySet())
                .containsExactly(
                        "adversarial_ab",
                        "adversarial_ba",
                        "cycle_a",
                        "cycle_b",
                        "identity_a",
                        "identity_b",
                        "discriminator_a",
                        "discriminator_b",
                        "total_variation_a",
                        "total_variation_b",
                        "domain_ab",
                        "domain_ba",
                        "domain_classifier_a",
                        "domain_classifier_b");
        assertThat(new Losses(byTerm).generatorTotal()).isEqualTo(15);
        assertThat(new Losses(byTerm).discriminatorTotal()).isEqualTo(3);
    }

    @Test
    void logLossIsCrossEntropyOnLogits() {
        // mean of -log sigmoid(0) = log 2 and -log sigmoid(2) = log(1 + e^-2)
        double expected = (Math.log(2) + Math.log1p(Math.exp(-2))) / 2;
        assertThat(value(AdversarialLoss.LOG.of(array(0, 2), true))).isCloseTo(expected, within(1e-12));
        assertThat(value(AdversarialLoss.LOG.of(array(0, -2), false))).isCloseTo(expected, within(1e-12));
    }

    @Test
    void logLossOfExtremeScoresIsFinite() {
        assertThat(value(AdversarialLoss.LOG.of(array(-1000), true))).isEqualTo(1000);
        assertThat(value(AdversarialLoss.LOG.of(array(1000), true))).isZero();
    }

    @Test
    void negativeWeightsAreRefused() {
        assertThatThrownBy(() -> Weights.PAPER.with(LossTerms.CYCLE, new PerDomain<>(-1.0, 0.0)))
                .hasMessage("cycle weight of A: expected 0 or more, found -1.0");
        assertThatThrownBy(() -> Weights.PAPER.with(LossTerms.IDENTITY, new PerDomain<>(0.0, Double.NaN)))
                .hasMessage("identity weight of B: expected 0 or more, found NaN");
        assertThatThrownBy(() -> Weights.PAPER.with(LossTerms.DOMAIN, PerDomain.both(-2.0)))
                .hasMessage("domain weight: expected 0 or more, found -2.0");
    }

    private List<Double> values(LossTerm term) {
        return objective.terms(pass).get(term).stream()
                .map(ObjectiveTest::value)
                .toList();
    }

    private NDArray array(double... values) {
        return manager.create(values);
    }

    private static double value(NDArray scalar) {
        return scalar.getDouble();
    }

    /** A pass whose images and scores are given; those that are not are zero. */
    private final class KnownPass implements GeneratorPass {
        private final NDArray nothing = manager.zeros(new Shape(1, 1, 2, 2), DataType.FLOAT64);
        private PerDomain<NDArray> real = PerDomain.both(nothing);
        private PerDomain<NDArray> fake = PerDomain.both(nothing);
        private PerDomain<NDArray> returned = PerDomain.both(nothing);
        private PerDomain<NDArray> unchanged = PerDomain.both(nothing);
        private PerDomain<NDArray> scores = PerDomain.both(nothing);
        private PerDomain<NDArray> classifierScores = PerDomain.both(nothing);

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
            return scores.of(domain);
        }

        @Override
        public NDArray classifierScores(Domain domain) {
            return classifierScores.of(domain);
        }
    }
}
