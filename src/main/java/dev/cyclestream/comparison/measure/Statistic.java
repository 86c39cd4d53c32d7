package dev.cyclestream.comparison.measure;

import java.util.Locale;

/** One number that stands for a distribution. */
public enum Statistic {
    MEAN(Double.NaN),
    MIN(0),
    P01(1),
    P05(5),
    P25(25),
    MEDIAN(50),
    P75(75),
    P95(95),
    P99(99),
    MAX(100);

    private final double percent;

    /** @param percent of the numbers that are smaller */
    Statistic(double percent) {
        this.percent = percent;
    }

    /** Not a number if there is nothing to count. */
    public double of(Distribution distribution) {
        return this == MEAN ? distribution.mean() : distribution.percentile(percent);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
