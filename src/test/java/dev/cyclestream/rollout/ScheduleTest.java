package dev.cyclestream.rollout;

import static dev.cyclestream.rollout.Splits.checkpoint;
import static dev.cyclestream.rollout.Splits.split;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.event.Direction;
import dev.cyclestream.rollout.Announcement.Action;
import dev.cyclestream.rollout.Schedule.Trial;
import dev.cyclestream.rollout.Split.Candidate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final Trial FIVE_PERCENT = new Trial(0.05, false);

    private final Splits splits = new Splits();

    @Test
    void theFirstSplitKeepsWhatIsRunning() {
        Split first =
                Schedule.EMPTY.start(Direction.A_TO_B, () -> checkpoint('a'), checkpoint('b'), FIVE_PERCENT, "s1");

        assertThat(first).isEqualTo(split(1, 'a', 'b', 0.05));
    }

    @Test
    void aShareThatGrowsKeepsItsSalt() {
        splits.announce(Action.START, split(1, 'a', 'b', 0.05));

        Split second = splits.schedule()
                .start(Direction.A_TO_B, ScheduleTest::notAsked, checkpoint('b'), new Trial(0.25, true), "another");

        assertThat(second).isEqualTo(split(2, 'a', new Candidate(checkpoint('b'), 0.25, true, "s1")));
    }

    @Test
    void anotherCandidateHasItsOwnSalt() {
        splits.announce(Action.START, split(1, 'a', 'b', 0.05));

        Split second = splits.schedule()
                .start(Direction.A_TO_B, ScheduleTest::notAsked, checkpoint('c'), FIVE_PERCENT, "another");

        assertThat(second.candidate().orElseThrow().salt()).isEqualTo("another");
    }

    @Test
    void whatIsStableIsNoCandidate() {
        splits.announce(Action.START, split(1, 'a', 'b', 0.05));

        assertThatThrownBy(() -> splits.schedule()
                        .start(Direction.A_TO_B, ScheduleTest::notAsked, checkpoint('a'), FIVE_PERCENT, "s2"))
                .isInstanceOf(RolloutRefusedException.class)
                .hasMessage("A_TO_B: a.onnx (aaaaaaaaaaaa) is stable already");
    }

    @Test
    void aTrialThatWouldTranslateNothingIsRefused() {
        assertThatThrownBy(() -> Schedule.EMPTY.start(
                        Direction.A_TO_B, () -> checkpoint('a'), checkpoint('b'), new Trial(0, false), "s1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it would translate nothing");
    }

    @Test
    void promotionMakesTheCandidateStable() {
        splits.announce(Action.START, split(1, 'a', 'b', 0.05));

        assertThat(splits.schedule().promote(Direction.A_TO_B)).isEqualTo(split(2, 'b'));
    }

    @Test
    void nothingIsPromotedWithoutACandidate() {
        splits.announce(Action.START, split(1, 'a', 'b', 0.05)).announce(Action.PROMOTE, split(2, 'b'));

        assertThatThrownBy(() -> splits.schedule().promote(Direction.A_TO_B))
                .isInstanceOf(RolloutRefusedException.class)
                .hasMessageContaining("A_TO_B: expected a candidate on trial, found none");
    }

    @Test
    void rollingBackDropsTheCandidate() {
        splits.announce(Action.START, split(1, 'a', 'b', 0.05));

        assertThat(splits.schedule().rollBack(Direction.A_TO_B)).isEqualTo(split(2, 'a'));
    }

    @Test
    void rollingBackAPromotionBringsTheEarlierStableOneBack() {
        promoteThree();

        assertThat(splits.schedule().rollBack(Direction.A_TO_B)).isEqualTo(split(5, 'b'));
    }

    @Test
    void rollingBackAgainNeverReturnsToWhatWasRolledBack() {
        promoteThree();
        splits.announce(Action.ROLL_BACK, split(5, 'b'));

        Split sixth = splits.schedule().rollBack(Direction.A_TO_B);
        splits.announce(Action.ROLL_BACK, sixth);

        assertThat(sixth).isEqualTo(split(6, 'a'));
        assertThatThrownBy(() -> splits.schedule().rollBack(Direction.A_TO_B))
                .isInstanceOf(RolloutRefusedException.class)
                .hasMessage("A_TO_B: expected a candidate on trial or an earlier stable checkpoint, found neither");
    }

    @Test
    void directionsDoNotTouchEachOther() {
        splits.announce(Action.START, split(1, 'a', 'b', 0.05));

        assertThat(splits.schedule().latest(Direction.B_TO_A)).isEmpty();
        assertThat(splits.schedule()
                        .start(Direction.B_TO_A, () -> checkpoint('c'), checkpoint('d'), FIVE_PERCENT, "s1"))
                .isEqualTo(new Split(
                        2,
                        Direction.B_TO_A,
                        checkpoint('c'),
                        Optional.of(new Candidate(checkpoint('d'), 0.05, false, "s1"))));
    }

    @Test
    void aGapInTheNumbersIsRefused() {
        splits.announce(Action.START, split(2, 'a', 'b', 0.05));

        assertThatThrownBy(splits::schedule).hasMessage("schedule: expected split 1, found 2");
    }

    private static NamedCheckpoint notAsked() {
        throw new AssertionError("the schedule says what is stable");
    }

    private void promoteThree() {
        splits.announce(Action.START, split(1, 'a', 'b', 0.05))
                .announce(Action.PROMOTE, split(2, 'b'))
                .announce(Action.START, split(3, 'b', 'c', 0.05))
                .announce(Action.PROMOTE, split(4, 'c'));
    }
}
