package dev.cyclestream.comparison.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SelectedPairsTest {

    private static final int ALL = 500;

    @Test
    void worstComeFirstAndOfEqualOnesTheEarlier() {
        SelectedPairs selected = new SelectedPairs(new ShownPairs(Measure.SSIM, 3, 0, 1));
        double[] values = {0.9, 0.2, 0.5, 0.2, 0.7, 0.2, 0.2};
        for (int number = 0; number < values.length; number++) {
            selected.offer(TestPictures.measured(number, values[number], "x"));
        }
        assertThat(numbers(selected.worst())).containsExactly(1L, 3L, 5L);
        assertThat(selected.random()).isEmpty();
    }

    @Test
    void pairsWithoutTheMeasureAreNeverTheWorst() {
        SelectedPairs selected = new SelectedPairs(new ShownPairs(Measure.CYCLE_NEW, 3, 0, 1));
        selected.offer(TestPictures.measured(0, 0.5, "x"));
        assertThat(selected.worst()).isEmpty();
    }

    @Test
    void theSameSeedDrawsTheSamePairs() {
        List<Long> first = drawn(7, 20);
        assertThat(drawn(7, 20)).isEqualTo(first);
        assertThat(drawn(8, 20)).isNotEqualTo(first);
        assertThat(first).hasSize(20).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void allPairsAreAsLikelyToBeDrawn() {
        long sum = 0;
        SplittableRandom seeds = new SplittableRandom(1);
        for (int round = 0; round < 40; round++) {
            sum += drawn(seeds.nextLong(), 20).stream()
                    .mapToLong(number -> number)
                    .sum();
        }
        assertThat(sum / 800.0).isBetween(ALL * 0.45, ALL * 0.55);
    }

    @Test
    void fewerPairsThanPlacesAreAllShown() {
        SelectedPairs selected = new SelectedPairs(new ShownPairs(Measure.L1, 10, 10, 1));
        selected.offer(TestPictures.measured(0, 0.5, "x"));
        selected.offer(TestPictures.measured(1, 0.4, "x"));
        assertThat(numbers(selected.worst())).containsExactly(1L, 0L);
        assertThat(numbers(selected.random())).containsExactly(0L, 1L);
    }

    private static List<Long> drawn(long seed, int count) {
        SelectedPairs selected = new SelectedPairs(new ShownPairs(Measure.SSIM, 0, count, seed));
        Measured one = TestPictures.measured(0, 0.5, "x");
        for (int number = 0; number < ALL; number++) {
            selected.offer(new Measured(number, one.pair(), one.figures(), one.input(), one.shown()));
        }
        return numbers(selected.random());
    }

    private static List<Long> numbers(List<Measured> pairs) {
        return pairs.stream().map(Measured::number).toList();
    }
}
