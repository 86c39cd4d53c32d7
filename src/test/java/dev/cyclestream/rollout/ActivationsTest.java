package dev.cyclestream.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivationsTest {

    private final Activations activations = new Activations();

    ActivationsTest() {
        activations.add(100, 1);
        activations.add(250, 4);
    }

    @ParameterizedTest
    @CsvSource({"0,", "99,", "100, 1", "101, 1", "249, 1", "250, 4", "9000, 4"})
    void aSplitHoldsFromItsOffsetToTheNextOne(long offset, Long split) {
        if (split == null) {
            assertThat(activations.at(offset)).isEmpty();
        } else {
            assertThat(activations.at(offset)).hasValue(split);
        }
    }

    @ParameterizedTest
    @CsvSource({"251, 5, true", "250, 5, false", "249, 5, false", "0, 5, false", "251, 4, false", "251, 2, false"})
    void nothingThatWasDecidedIsDecidedAnew(long offset, long split, boolean may) {
        assertThat(activations.mayAdd(offset, split)).isEqualTo(may);
        if (!may) {
            assertThatThrownBy(() -> activations.add(offset, split))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("split %d from offset %d".formatted(split, offset));
        }
    }

    @Test
    void theFirstMayBeginAnywhere() {
        assertThat(new Activations().mayAdd(0, 7)).isTrue();
    }

    @Test
    void splitsThatWerePassedOverHaveNoOffset() {
        assertThat(activations.offsetOf(4)).hasValue(250);
        assertThat(activations.offsetOf(2)).isEmpty();
    }

    @Test
    void rangeHasTheSplitsThatHoldSomewhereInIt() {
        Activations activations = new Activations();
        activations.add(10, 1);
        activations.add(20, 3);
        assertThat(activations.within(0, 10)).isEmpty();
        assertThat(activations.within(0, 11)).containsExactly(1L);
        assertThat(activations.within(12, 20)).containsExactly(1L);
        assertThat(activations.within(12, 21)).containsExactly(1L, 3L);
        assertThat(activations.within(20, 30)).containsExactly(3L);
        assertThat(new Activations().within(0, 5)).isEmpty();
    }
}
