package dev.cyclestream.trainer.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LinearDecayTest {

    private final LinearDecay decay = new LinearDecay(0.8, 8);

    @Test
    void firstHalfIsConstant() {
        assertThat(decay.rate(0)).isEqualTo(0.8);
        assertThat(decay.rate(3)).isEqualTo(0.8);
    }

    @Test
    void secondHalfFallsLinearly() {
        assertThat(decay.rate(4)).isEqualTo(0.8);
        assertThat(decay.rate(6)).isEqualTo(0.4);
        assertThat(decay.rate(7)).isEqualTo(0.2);
    }

    @Test
    void noStepsAtAllAreRefused() {
        assertThatThrownBy(() -> new LinearDecay(0.1, 0)).hasMessage("steps: expected at least 1, found 0");
    }

    @Test
    void learningRateOfZeroIsRefused() {
        assertThatThrownBy(() -> new LinearDecay(0, 5)).hasMessage("learning rate: expected more than 0, found 0.0");
    }
}
