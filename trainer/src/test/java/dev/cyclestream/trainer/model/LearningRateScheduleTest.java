package dev.cyclestream.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cyclestream.trainer.model.LearningRateSchedule.Decay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearningRateScheduleTest {

    @Test
    void firstHalfIsConstantAndTheSecondFallsLinearlyAsInThePaper() {
        LearningRateSchedule schedule = LearningRateSchedule.ofPaper(8);
        assertThat(schedule.rate(0)).isEqualTo(2e-4);
        assertThat(schedule.rate(4)).isEqualTo(2e-4);
        assertThat(schedule.rate(6)).isEqualTo(1e-4);
        assertThat(schedule.rate(7)).isEqualTo(5e-5);
    }

    @ParameterizedTest
    @CsvSource({
        "LINEAR, 1, 0.75, 0.5, 0.25, 0",
        "COSINE, 1, 0.853553, 0.5, 0.146447, 0",
        "STEP, 0.1, 0.1, 0.01, 0.01, 0.01",
        "CONSTANT, 1, 1, 1, 1, 1",
    })
    void everyDecayStartsAfterTheConstantPartAndStaysWhereItEnds(
            Decay decay, double start, double quarter, double half, double threeQuarters, double end) {
        LearningRateSchedule schedule = new LearningRateSchedule(decay, 2, 10, 4);
        assertThat(schedule.rate(9)).isEqualTo(2);
        assertThat(schedule.rate(10)).isEqualTo(2 * start);
        assertThat(schedule.rate(11)).isCloseTo(2 * quarter, within(1e-6));
        assertThat(schedule.rate(12)).isCloseTo(2 * half, within(1e-6));
        assertThat(schedule.rate(13)).isCloseTo(2 * threeQuarters, within(1e-6));
        assertThat(schedule.rate(14)).isCloseTo(2 * end, within(1e-6));
        assertThat(schedule.rate(1000)).isCloseTo(2 * end, within(1e-6));
    }

    @Test
    void constantRateNeverEnds() {
        assertThat(LearningRateSchedule.constant(0.1).rate(0)).isEqualTo(0.1);
        assertThat(LearningRateSchedule.constant(0.1).rate(1_000_000)).isEqualTo(0.1);
    }

    @Test
    void fewerThanNoStepsAreRefused() {
        assertThatThrownBy(() -> new LearningRateSchedule(Decay.LINEAR, 0.1, -1, 5))
                .hasMessage("learning rate: expected no fewer than 0 constant and 0 falling steps, found -1 and 5");
    }

    @Test
    void learningRateOfZeroIsRefused() {
        assertThatThrownBy(() -> LearningRateSchedule.constant(0))
                .hasMessage("learning rate: expected more than 0, found 0.0");
    }
}
