package dev.cyclestream.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

class FeatureDistanceTest {

    private final List<double[]> left = rows(7, (i, j) -> Math.sin(i * 3 + j * 2));
    private final List<double[]> right = rows(6, (i, j) -> Math.cos(i * 2 - j) * 1.5 + 0.3);

    @Test
    void kernelDistanceFollowsItsDefinition() {
        // d = 1: k(x, y) = (x y + 1)^3. Others: k(0, 1) = 1 and k(2, 3) = 343; across: k(0, .) = 1, k(1, 2) = 27, k(1,
        // 3) = 64.
        List<double[]> a = List.of(new double[] {0}, new double[] {1});
        List<double[]> b = List.of(new double[] {2}, new double[] {3});
        assertThat(FeatureDistance.kernel(a, b)).isEqualTo(1 + 343 - 2 * (1 + 1 + 27 + 64) / 4.0);
    }

    @Test
    void frechetDistanceOfShiftedRowsIsTheSquareOfTheShift() {
        List<double[]> shifted = left.stream().map(row -> plus(row, 3)).toList();
        assertThat(FeatureDistance.frechet(left, shifted)).isCloseTo(5 * 9, within(1e-9));
    }

    @Test
    void frechetDistanceOfScaledRowsFollowsTheClosedForm() {
        // One feature with variance 1 against variance 9: 1 + 9 - 2 * 3, and means 1 apart.
        List<double[]> a = List.of(new double[] {-Math.sqrt(0.5)}, new double[] {Math.sqrt(0.5)});
        List<double[]> b = List.of(new double[] {1 - 3 * Math.sqrt(0.5)}, new double[] {1 + 3 * Math.sqrt(0.5)});
        assertThat(FeatureDistance.frechet(a, b)).isCloseTo(1 + 4, within(1e-9));
    }

    @Test
    void distancesEqualAnIndependentComputation() {
        // By NumPy, the Fréchet distance with the roots of both covariance matrices by their eigenvectors:
        // k = lambda a, b: (a @ b.T / 5 + 1) ** 3
        // (k(X, X).sum() - np.trace(k(X, X))) / 42 + (k(Y, Y).sum() - np.trace(k(Y, Y))) / 30 - 2 * k(X, Y).mean()
        // ((X.mean(0) - Y.mean(0)) ** 2).sum() + np.trace(s1 + s2) - 2 * np.trace(root(root(s1) @ s2 @ root(s1)))
        assertThat(FeatureDistance.kernel(left, right)).isCloseTo(1.8711077434370038, within(1e-9));
        assertThat(FeatureDistance.frechet(left, right)).isCloseTo(8.990041239117259, within(1e-6));
    }

    @Test
    void oneRowIsNoDistribution() {
        assertThatThrownBy(() -> FeatureDistance.kernel(left, right.subList(0, 1)))
                .hasMessage("distance of features: expected at least 2 rows each, found 7 and 1");
    }

    private static List<double[]> rows(int count, DoubleBinaryOperator value) {
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double[] row = new double[5];
            for (int j = 0; j < row.length; j++) {
                row[j] = value.applyAsDouble(i, j);
            }
            rows.add(row);
        }
        return rows;
    }

    private static double[] plus(double[] row, double shift) {
        double[] shifted = row.clone();
        for (int i = 0; i < row.length; i++) {
            shifted[i] += shift;
        }
        return shifted;
    }
}
