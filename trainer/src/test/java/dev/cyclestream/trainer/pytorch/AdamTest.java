package dev.cyclestream.trainer.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdamTest {

    private static final Adam.Betas BETAS = new Adam.Betas(0.5, 0.75);

    private final NDManager manager = PyTorch.newManager();
    private final NDArray parameter = manager.create(new double[] {1, 2});

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @Test
    void twoStepsFollowTheFormula() {
        parameter.setRequiresGradient(true);
        Adam adam = new Adam(List.of(parameter), manager, BETAS);
        double[] expected = {1, 2};
        double[] m = new double[2];
        double[] v = new double[2];
        for (int step = 1; step <= 2; step++) {
            double[] gradient = {2 * expected[0], 2 * expected[1]};
            squareAndStep(adam, 0.1);
            for (int i = 0; i < 2; i++) {
                m[i] = 0.5 * m[i] + 0.5 * gradient[i];
                v[i] = 0.75 * v[i] + 0.25 * gradient[i] * gradient[i];
                double denominator = Math.sqrt(v[i]) / Math.sqrt(1 - Math.pow(0.75, step)) + 1e-8;
                expected[i] -= 0.1 / (1 - Math.pow(0.5, step)) * m[i] / denominator;
            }
            assertThat(parameter.toDoubleArray()).containsExactly(expected, within(1e-14));
        }
    }

    @Test
    void firstStepIsTheLearningRateWhateverTheGradient() {
        parameter.setRequiresGradient(true);
        squareAndStep(new Adam(List.of(parameter), manager, BETAS), 0.125);
        assertThat(parameter.toDoubleArray()).containsExactly(new double[] {0.875, 1.875}, within(1e-8));
    }

    @Test
    void stepClearsTheGradient() {
        parameter.setRequiresGradient(true);
        squareAndStep(new Adam(List.of(parameter), manager, BETAS), 0.1);
        assertThat(parameter.getGradient().toDoubleArray()).containsOnly(0);
    }

    @Test
    void restoredOptimizerGoesOnToTheBit() {
        parameter.setRequiresGradient(true);
        Adam first = new Adam(List.of(parameter), manager, BETAS);
        squareAndStep(first, 0.1);
        NDArray copy = parameter.duplicate();
        copy.setRequiresGradient(true);
        Adam second = new Adam(List.of(copy), manager, BETAS);
        second.restore(first.stepsTaken(), first.moments());
        squareAndStep(first, 0.1);
        squareAndStep(second, copy, 0.1);
        assertThat(copy.toDoubleArray()).containsExactly(parameter.toDoubleArray());
    }

    @Test
    void momentsOfAnotherModelAreRefused() {
        Adam adam = new Adam(List.of(parameter), manager, BETAS);
        Adam other = new Adam(List.of(parameter, parameter), manager, BETAS);
        assertThatThrownBy(() -> adam.restore(1, other.moments())).hasMessage("moments: expected 2 arrays, found 4");
    }

    @Test
    void betasOutsideTheirRangeAreRefused() {
        assertThatThrownBy(() -> new Adam.Betas(1, 0.5)).hasMessage("beta 1: expected 0 <= beta < 1, found 1.0");
    }

    private void squareAndStep(Adam adam, double rate) {
        squareAndStep(adam, parameter, rate);
    }

    private void squareAndStep(Adam adam, NDArray array, double rate) {
        try (var collector = manager.getEngine().newGradientCollector()) {
            collector.backward(array.square().sum());
        }
        adam.step(rate);
    }
}
