package dev.cyclestream.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cyclestream.topic.InputPosition;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplingTest {

    private static final List<InputPosition> POSITIONS = IntStream.range(0, 10_000)
            .mapToObj(number -> new InputPosition("images.a", number % 12, number / 12))
            .toList();

    @Test
    void shareIsThatOfThePositions() {
        Sampling sampling = new Sampling(0.05);
        // four standard deviations of a binomial distribution
        assertThat(POSITIONS.stream().filter(sampling::has).count()).isCloseTo(500L, within(88L));
        assertThat(POSITIONS).noneMatch(new Sampling(0)::has).allMatch(new Sampling(1)::has);
    }

    @Test
    void whatALargerShareHasASmallerOneHadToo() {
        Sampling large = new Sampling(0.25);
        assertThat(POSITIONS).filteredOn(new Sampling(0.05)::has).isNotEmpty().allMatch(large::has);
    }

    @Test
    void shareIsAPartOfOne() {
        assertThatThrownBy(() -> new Sampling(1.1)).hasMessage("share: expected 0 to 1, found 1.1");
    }
}
