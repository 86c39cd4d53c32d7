package dev.cyclestream.demo.rollout;

import static dev.cyclestream.demo.rollout.MadeImages.CANDIDATE_ID;
import static dev.cyclestream.demo.rollout.MadeImages.NEW;
import static dev.cyclestream.demo.rollout.MadeImages.OLD;
import static dev.cyclestream.demo.rollout.MadeImages.STABLE_ID;
import static dev.cyclestream.demo.rollout.MadeImages.before;
import static dev.cyclestream.demo.rollout.MadeImages.made;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecordedDecisionsTest {

    private static final MadeImage BEFORE = before(CANDIDATE_ID, 0, 1);
    private static final MadeImage STABLE = made(STABLE_ID, 0, 2, 1, "stable", OLD);
    private static final MadeImage SHADOW = made(STABLE_ID, 0, 2, 1, "shadow", NEW);
    private static final MadeImage CANDIDATE = made(CANDIDATE_ID, 0, 3, 1, "candidate", NEW);
    private static final MadeImage PROMOTED = made(STABLE_ID, 0, 4, 2, "stable", NEW);

    private final RecordedDecisions decisions = MadeImages.decisions();

    @Test
    void imagesThatWereMadeAsRecordedAgree() {
        assertThat(decisions.disagreements(List.of(BEFORE, STABLE, CANDIDATE, PROMOTED), List.of(SHADOW)))
                .isEmpty();
    }

    @Test
    void splitThatBeginsTooLateDisagrees() {
        assertThat(decisions.disagreements(List.of(made(CANDIDATE_ID, 0, 4, 1, "candidate", NEW)), List.of()))
                .containsExactly(
                        "partition 0, offset 4 (%s): expected split 2 as stable and checkpoint bbbbbbbbbbbb, as it is on record, found split 1 as candidate and checkpoint bbbbbbbbbbbb"
                                .formatted(CANDIDATE_ID));
    }

    @Test
    void checkpointOfTheOtherRoleDisagrees() {
        assertThat(decisions.disagreements(List.of(made(CANDIDATE_ID, 1, 1, 1, "candidate", OLD)), List.of()))
                .singleElement()
                .asString()
                .endsWith("found split 1 as candidate and checkpoint aaaaaaaaaaaa");
    }

    @Test
    void roleIsTheKeys() {
        assertThat(decisions.disagreements(List.of(made(CANDIDATE_ID, 0, 3, 1, "stable", OLD)), List.of()))
                .singleElement()
                .asString()
                .contains("expected split 1 as candidate");
    }

    @Test
    void imageThatIsThereTwiceDisagrees() {
        assertThat(decisions.disagreements(List.of(BEFORE, BEFORE), List.of()))
                .containsExactly("partition 0, offset 1: expected one result, found two");
    }

    @Test
    void shadowIsExpectedOfWhatTheStableOneTranslatedDuringTheTrialOnly() {
        assertThat(decisions.disagreements(List.of(BEFORE, STABLE, CANDIDATE, PROMOTED), List.of()))
                .containsExactly("partition 0, offset 2: expected a shadow, found none");
        assertThat(decisions.disagreements(List.of(CANDIDATE), List.of(made(CANDIDATE_ID, 0, 3, 1, "shadow", NEW))))
                .containsExactly("partition 0, offset 3: expected no shadow, found one more");
    }

    @Test
    void shadowByTheStableCheckpointDisagrees() {
        assertThat(decisions.disagreements(List.of(STABLE), List.of(made(STABLE_ID, 0, 2, 1, "shadow", OLD))))
                .singleElement()
                .asString()
                .contains("expected split 1 as shadow and checkpoint bbbbbbbbbbbb");
    }
}
