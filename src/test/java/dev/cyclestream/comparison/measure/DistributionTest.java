package dev.cyclestream.comparison.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DistributionTest {

    private static final double BIN = 2.0 / 4000;

    @Property
    void percentilesAreThoseOfTheSortedNumbersToWithinABin(
            @ForAll @Size(min = 1, max = 50) List<@DoubleRange(max = 2) Double> values,
            @ForAll @IntRange(max = 100) int percent) {
        double[] sorted = values.stream().mapToDouble(value -> value).sorted().toArray();
        Distribution distribution = of(sorted);
        int rank = Math.max(1, (int) Math.ceil(percent / 100.0 * sorted.length));
        assertThat(distribution.percentile(percent)).isCloseTo(sorted[rank - 1], within(BIN * 1.001));
        assertThat(distribution.percentile(percent)).isBetween(sorted[0], sorted[sorted.length - 1]);
    }

    @Test
    void meanLeastAndGreatestAreExact() {
        Distribution distribution = of(0.1, 0.25, 1.999);
        assertThat(distribution.mean()).isCloseTo(2.349 / 3, within(1e-15));
        assertThat(Statistic.MIN.of(distribution)).isEqualTo(0.1);
        assertThat(Statistic.MAX.of(distribution)).isEqualTo(1.999);
    }

    @Test
    void endsOfTheRangeAreCounted() {
        assertThat(of(0, 2, 2 + 1e-12, -1e-12).histogram(0, 2, 2)).containsExactly(2L, 2L);
    }

    @Test
    void nothingHasNoStatistics() {
        Distribution nothing = of(Double.NaN, Double.NaN);
        assertThat(nothing.count()).isZero();
        for (Statistic statistic : Statistic.values()) {
            assertThat(statistic.of(nothing)).isNaN();
        }
    }

    @Test
    void histogramOfPartOfTheRangeKeepsAllNumbers() {
        Distribution distribution = new Distribution(0, 2);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            distribution.add(0.5 + random.nextDouble() / 2);
        }
        assertThat(distribution.histogram(0.5, 1, 10))
                .allSatisfy(count -> assertThat(count).isBetween(800L, 1200L));
        assertThat(distribution.histogram(0.5, 1, 10).stream()
                        .mapToLong(count -> count)
                        .sum())
                .isEqualTo(10_000);
    }

    private static Distribution of(double... values) {
        Distribution distribution = new Distribution(0, 2);
        for (double value : values) {
            distribution.add(value);
        }
        return distribution;
    }
}
