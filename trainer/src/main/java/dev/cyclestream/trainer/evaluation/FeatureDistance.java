package dev.cyclestream.trainer.evaluation;

import java.util.List;
import org.ejml.simple.SimpleMatrix;

/** Distances between two sets of features as distributions. */
public final class FeatureDistance {

    private FeatureDistance() {}

    /**
     * Kernel inception distance (Binkowski et al., ICLR 2018): the unbiased squared maximum mean discrepancy with the kernel
     * {@code (x y / d + 1)^3}; it can fall below 0.
     *
     * @param left at least two rows of d features
     * @param right at least two rows of d features
     */
    public static double kernel(List<double[]> left, List<double[]> right) {
        requireRows(left, right);
        return meanOfOthers(left) + meanOfOthers(right) - 2 * meanOfAll(left, right);
    }

    /**
     * Fréchet inception distance (Heusel et al., NeurIPS 2017) between normal distributions of the same means and
     * covariances; at least 0.
     *
     * <p>The trace of the root of the product of both covariances is the sum of the singular values of {@code A B^T}, where
     * A and B are the centred rows over the root of their number less one. So no matrix of d x d is needed.
     */
    public static double frechet(List<double[]> left, List<double[]> right) {
        requireRows(left, right);
        SimpleMatrix a = new SimpleMatrix(left.toArray(double[][]::new));
        SimpleMatrix b = new SimpleMatrix(right.toArray(double[][]::new));
        double means = square(mean(a).minus(mean(b)).normF());
        SimpleMatrix centredA = centred(a);
        SimpleMatrix centredB = centred(b);
        SimpleMatrix product = centredA.mult(centredB.transpose());
        double root = 0;
        for (double singular : product.svd(true).getSingularValues()) {
            root += singular;
        }
        return means + square(centredA.normF()) + square(centredB.normF()) - 2 * root;
    }

    private static void requireRows(List<double[]> left, List<double[]> right) {
        if (left.size() < 2 || right.size() < 2) {
            throw new IllegalArgumentException("distance of features: expected at least 2 rows each, found %d and %d"
                    .formatted(left.size(), right.size()));
        }
    }

    private static double meanOfOthers(List<double[]> rows) {
        double sum = 0;
        for (int i = 0; i < rows.size(); i++) {
            for (int j = 0; j < i; j++) {
                sum += 2 * kernel(rows.get(i), rows.get(j));
            }
        }
        return sum / rows.size() / (rows.size() - 1);
    }

    private static double meanOfAll(List<double[]> left, List<double[]> right) {
        double sum = 0;
        for (double[] x : left) {
            for (double[] y : right) {
                sum += kernel(x, y);
            }
        }
        return sum / left.size() / right.size();
    }

    private static double kernel(double[] x, double[] y) {
        double product = 0;
        for (int i = 0; i < x.length; i++) {
            product += x[i] * y[i];
        }
        double base = product / x.length + 1;
        return base * base * base;
    }

    /** The mean row. */
    private static SimpleMatrix mean(SimpleMatrix rows) {
        return SimpleMatrix.filled(1, rows.getNumRows(), 1.0 / rows.getNumRows())
                .mult(rows);
    }

    private static SimpleMatrix centred(SimpleMatrix rows) {
        SimpleMatrix ones = SimpleMatrix.filled(rows.getNumRows(), 1, 1);
        return rows.minus(ones.mult(mean(rows))).scale(1 / Math.sqrt(rows.getNumRows() - 1.0));
    }

    private static double square(double value) {
        return value * value;
    }
}
