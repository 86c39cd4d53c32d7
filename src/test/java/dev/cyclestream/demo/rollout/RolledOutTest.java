package dev.cyclestream.demo.rollout;

import static dev.cyclestream.demo.rollout.MadeImages.CANDIDATE_ID;
import static dev.cyclestream.demo.rollout.MadeImages.NEW;
import static dev.cyclestream.demo.rollout.MadeImages.at;
import static dev.cyclestream.demo.rollout.MadeImages.before;
import static dev.cyclestream.demo.rollout.MadeImages.made;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.demo.DemoFailedException;
import dev.cyclestream.rollout.Announcement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolledOutTest {

    private final RecordedDecisions decisions = MadeImages.decisions();
    private final Announcement trial = decisions.schedule().announcements().get(0);

    private final RolledOut rolledOut = rolledOut(List.of(
            at(before(CANDIDATE_ID, 0, 1), -1),
            at(before(CANDIDATE_ID, 1, 0), 0.5),
            at(made(CANDIDATE_ID, 0, 2, 1, "candidate", NEW), 1.25),
            at(made(CANDIDATE_ID, 1, 1, 1, "candidate", NEW), 3.5),
            at(made(CANDIDATE_ID, 0, 3, 1, "candidate", NEW), 4)));

    @Test
    void splitIsEverywhereOnceTheLastPartitionHasAResultByIt() {
        assertThat(rolledOut.untilEverywhere(trial)).contains(Duration.ofMillis(3500));
    }

    @Test
    void splitThatAPartitionHasNotIsNotEverywhere() {
        assertThat(rolledOut.untilEverywhere(
                        decisions.schedule().announcements().get(1)))
                .isEmpty();
        assertThat(rolledOut(List.of()).untilEverywhere(trial)).isEmpty();
    }

    @Test
    void longestGapIsBetweenTwoResultsInARow() {
        assertThat(rolledOut.longestGap()).isEqualTo(Duration.ofMillis(2250));
        assertThat(rolledOut(List.of()).longestGap()).isZero();
    }

    @Test
    void resultsAreCountedBySplit() {
        assertThat(rolledOut.count(Decision.NO_SPLIT)).isEqualTo(2);
        assertThat(rolledOut.count(1)).isEqualTo(3);
    }

    @Test
    void imageThatWasNotMadeAsRecordedFailsTheDemo() {
        assertThatCode(rolledOut::requireAsRecorded).doesNotThrowAnyException();
        assertThatThrownBy(rolledOut(List.of(before(CANDIDATE_ID, 0, 2)))::requireAsRecorded)
                .isInstanceOf(DemoFailedException.class)
                .hasMessage(
                        "expected every image as it is on record, found 1 that are not; the first one: partition 0, offset 2 (%s): expected split 1 as candidate and checkpoint bbbbbbbbbbbb, as it is on record, found no split and checkpoint aaaaaaaaaaaa"
                                .formatted(CANDIDATE_ID));
    }

    private RolledOut rolledOut(List<MadeImage> results) {
        return new RolledOut(List.of(), decisions, results, List.of(), 0);
    }
}
