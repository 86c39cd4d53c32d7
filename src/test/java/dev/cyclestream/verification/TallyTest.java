package dev.cyclestream.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.verification.Verdict.Obstacle;
import org.junit.jupiter.api.Test;

class TallyTest {

    private final Tally tally = new Tally();

    @Test
    void nothingIsNothing() {
        assertThat(tally).hasToString("0 outputs checked, 0 equal, 0 differ, 0 not checked");
    }

    @Test
    void outputsThatWereNotCheckedAreCountedByReason() {
        tally.add(new Verdict.Equal());
        tally.add(new Verdict.Equal());
        tally.add(new Verdict.Different("one", "other"));
        tally.add(new Verdict.NotChecked(Obstacle.OTHER_DEVICE));
        tally.add(new Verdict.NotChecked(Obstacle.INPUT_GONE));
        tally.add(new Verdict.NotChecked(Obstacle.OTHER_DEVICE));
        assertThat(tally.checked()).isEqualTo(3);
        assertThat(tally.different()).isEqualTo(1);
        assertThat(tally.notChecked()).isEqualTo(3);
        assertThat(tally)
                .hasToString(
                        "3 outputs checked, 2 equal, 1 differ, 3 not checked (1: the input is no longer in its topic; 2: it was made on another device than the CPU)");
    }
}
