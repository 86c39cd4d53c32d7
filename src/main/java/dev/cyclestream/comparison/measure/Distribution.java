package dev.cyclestream.comparison.measure;

import dev.cyclestream.page.HistogramPlot.Spread;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A distribution of numbers in a fixed number of bins. Mean, least and greatest are exact; percentiles to within a bin,
 * 1/4000 of the range.
 */
public final class Distribution implements Spread {

    private static final int BINS = 4000;
    private static final double PERCENT = 100;

    private final double low;
    private final double high;
    private final long[] bins = new long[BINS];
    private long count;
    private double sum;
    private double min = Double.NaN;
    private double max = Double.NaN;

    /** All numbers lie between these two, but for rounding. */
    Distribution(double low, double high) {
        this.low = low;
        this.high = high;
    }

    /** Counts a number; what is not a number is not counted. */
    void add(double value) {
        if (Double.isNaN(value)) {
            return;
        }
        bins[bin(value)]++;
        count++;
        sum += value;
        min = count == 1 ? value : Math.min(min, value);
        max = count == 1 ? value : Math.max(max, value);
    }

    private int bin(double value) {
        int bin = (int) Math.floor((value - low) / (high - low) * BINS);
        return Math.max(0, Math.min(BINS - 1, bin));
    }

    public long count() {
        return count;
    }

    @Override
    public double mean() {
        return count == 0 ? Double.NaN : sum / count;
    }

    @Override
    public double min() {
        return min;
    }

    @Override
    public double max() {
        return max;
    }

    /** The number that so many percent lie below; not a number if there are none. */
    double percentile(double percent) {
        if (count == 0) {
            return Double.NaN;
        }
        double rank = percent / PERCENT * count;
        double below = 0;
        for (int bin = 0; bin < BINS; bin++) {
            if (bins[bin] > 0 && below + bins[bin] >= rank) {
                double part = Math.max(0, rank - below) / bins[bin];
                double value = low + (bin + part) * (high - low) / BINS;
                return Math.max(min, Math.min(max, value));
            }
            below += bins[bin];
        }
        return max;
    }

    /**
     * Counts of equal ranges that cover part of the range.
     *
     * @param from lower end of the first range
     * @param to upper end of the last
     */
    @Override
    public List<Long> histogram(double from, double to, int ranges) {
        long[] counts = new long[ranges];
        double width = (high - low) / BINS;
        for (int bin = 0; bin < BINS; bin++) {
            if (bins[bin] > 0) {
                double middle = low + (bin + 0.5) * width;
                int range = (int) Math.floor((middle - from) / (to - from) * ranges);
                counts[Math.max(0, Math.min(ranges - 1, range))] += bins[bin];
            }
        }
        return LongStream.of(counts).boxed().toList();
    }

    @Override
    public String toString() {
        return "Distribution[%d in [%s, %s], %d bins used]"
                .formatted(
                        count,
                        low,
                        high,
                        Arrays.stream(bins).filter(bin -> bin > 0).count());
    }
}
