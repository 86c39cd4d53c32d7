package dev.cyclestream.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.cyclestream.trainer.loss.Objective.PerDomain;
import dev.cyclestream.trainer.loss.Objective.Weights;
import dev.cyclestream.trainer.pytorch.PyTorch;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every expected number was computed by hand. */
class ObjectiveTest {

    private final NDManager manager = PyTorch.newManager();
    private final Objective objective = new Objective(
            AdversarialLoss.LEAST_SQUARES,
            PixelDistance.L1,
            new Weights(2, new PerDomain(7, 70), new PerDomain(3, 30), new PerDomain(5, 50), 4),
            0.1);

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @Test
    void deceptionIsTheWeightedMeanSquaredDistanceToReal() {
        // 2 * ((0.5 - 1)^2 + (3 - 1)^2) / 2
        assertThat(value(objective.deception(array(0.5, 3)))).isEqualTo(4.25);
    }

    @Test
    void discriminationIsHalfOfBothJudgements() {
        // 0.5 * (((0.5 - 1)^2 + (1 - 1)^2) / 2 + (0.25^2 + 0.5^2) / 2)
        NDArray loss = objective.discrimination(array(0.5, 1), array(0.25, 0.5));
        assertThat(value(loss)).isCloseTo(0.140625, within(1e-15));
    }

    @Test
    void cycleLossIsWeighted() {
        // 7 * (|1 - 0.5| + |-1 - 1|) / 2
        assertThat(value(objective.cycleOfA(array(1, -1), array(0.5, 1)))).isEqualTo(8.75);
        assertThat(value(objective.cycleOfB(array(1, -1), array(0.5, 1)))).isEqualTo(87.5);
    }

    @Test
    void cycleLossOfPerfectReconstructionIsZero() {
        assertThat(value(objective.cycleOfA(array(0.3, -0.2), array(0.3, -0.2))))
                .isZero();
    }

    @Test
    void fakeGoesOnWithNoiseOfTheGivenDeviation() {
        NDArray fake = manager.full(new Shape(1, 3, 64, 64), 0.5f, DataType.FLOAT64);
        NDArray noise = objective.halfway(fake, new SplittableRandom(1)).sub(fake);
        assertThat(noise.getShape()).isEqualTo(fake.getShape());
        assertThat(noise.getDataType()).isEqualTo(DataType.FLOAT64);
        // 12,288 draws: standard errors of 0.0009 and 0.0006
        assertThat(noise.mean().getDouble()).isCloseTo(0, within(0.005));
        assertThat(Math.sqrt(noise.square().mean().getDouble())).isCloseTo(0.1, within(0.005));
    }

    @Test
    void noiseIsTheSameForTheSameRandomNumbers() {
        NDArray fake = manager.zeros(new Shape(1, 3, 8, 8));
        assertThat(objective.halfway(fake, new SplittableRandom(1)))
                .isEqualTo(objective.halfway(fake, new SplittableRandom(1)));
    }

    @Test
    void fakeGoesOnUnchangedInThePaper() {
        NDArray fake = array(0.5, 3);
        assertThat(Objective.ofPaper().halfway(fake, new SplittableRandom(1))).isSameAs(fake);
    }

    @Test
    void identityLossIsWeighted() {
        // 3 * (|0 - 0.5| + |0 + 1|) / 2
        assertThat(value(objective.identityOfA(array(0, 0), array(0.5, -1)))).isEqualTo(2.25);
        assertThat(value(objective.identityOfB(array(0, 0), array(0.5, -1)))).isEqualTo(22.5);
    }

    @Test
    void squaredCycleLossIsTheMeanSquare() {
        assertThat(value(PixelDistance.L2.of(array(1, -1), array(0.5, 1)))).isEqualTo((0.25 + 4) / 2);
    }

    @Test
    void weightsScaleTheGradient() {
        NDArray reconstruction = array(1, -1);
        reconstruction.setRequiresGradient(true);
        try (var collector = manager.getEngine().newGradientCollector()) {
            collector.backward(objective.cycleOfA(reconstruction, array(0.5, 1)));
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
                NDArray loss = objective.deception(scores);
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
        assertThat(value(objective.classification(scores, true))).isCloseTo(Math.log1p(Math.exp(-2)), within(1e-12));
        assertThat(value(objective.classification(scores, false))).isCloseTo(Math.log1p(Math.exp(2)), within(1e-12));
        assertThat(value(objective.misclassification(scores, true)))
                .isCloseTo(4 * Math.log1p(Math.exp(-2)), within(1e-12));
    }

    @Test
    void totalVariationIsTheDifferenceOfNeighbours() {
        NDArray fake = manager.create(new double[] {0, 1, 0, -1, -1, 1}, new Shape(1, 1, 2, 3));
        // in rows |1| + |-1| + |0| + |2| over 4 pairs, in columns |-1| + |-2| + |1| over 3
        double expected = 1 + 4.0 / 3;
        assertThat(value(objective.totalVariationOfA(fake))).isCloseTo(5 * expected, within(1e-12));
        assertThat(value(objective.totalVariationOfB(fake))).isCloseTo(50 * expected, within(1e-12));
    }

    @Test
    void paperSmoothsNothing() {
        assertThat(Objective.ofPaper().smooths()).isFalse();
        assertThat(objective.smooths()).isTrue();
    }

    @Test
    void paperClassifiesNoDomains() {
        assertThat(Objective.ofPaper().classifiesDomains()).isFalse();
        assertThat(objective.classifiesDomains()).isTrue();
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
        assertThatThrownBy(() -> new Weights(1, new PerDomain(-1, 0), PerDomain.NONE, PerDomain.NONE, 0))
                .hasMessage("cycle weight of A: expected 0 or more, found -1.0");
        assertThatThrownBy(() -> new Weights(1, PerDomain.NONE, new PerDomain(0, Double.NaN), PerDomain.NONE, 0))
                .hasMessage("identity weight of B: expected 0 or more, found NaN");
    }

    private NDArray array(double... values) {
        return manager.create(values);
    }

    private static double value(NDArray scalar) {
        return scalar.getDouble();
    }
}
