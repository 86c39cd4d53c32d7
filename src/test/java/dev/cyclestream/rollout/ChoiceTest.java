package dev.cyclestream.rollout;

import static dev.cyclestream.rollout.Splits.split;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.rollout.Announcement.Action;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChoiceTest {

    /** With the salt s1, at 0.346 and 0.912. */
    private static final String LOW = "cat-2";

    private static final String HIGH = "cat-1";

    private final Schedule schedule = new Splits()
            .announce(Action.START, split(1, 'a', 'b', 0.25))
            .announce(Action.START, split(2, 'a', 'b', 0.5))
            .announce(Action.PROMOTE, split(3, 'b'))
            .announce(Action.ROLL_BACK, split(4, 'a'))
            .schedule();

    /**
     * Split 1 holds from offset 100, split 3 from 200.
     *
     * @param available number of the newest split that is loaded; none if empty
     * @param chosen number of the split; none if empty
     */
    @ParameterizedTest(name = "offset {0}, available {1}, key {2}: split {3}, {4}, begins {5}")
    @CsvSource({
        " 99,  , cat-2,  , STABLE, false",
        "100,  , cat-2, 1, STABLE, false",
        "199,  , cat-2, 1, STABLE, false",
        "200,  , cat-2, 3, STABLE, false",
        // what is available is older than what holds
        "250, 1, cat-2, 3, STABLE, false",
        "250, 3, cat-2, 3, STABLE, false",
        // a newer one begins, but never where something was decided before
        "201, 4, cat-2, 4, STABLE, true",
        "200, 4, cat-2, 3, STABLE, false",
        "150, 4, cat-2, 1, STABLE, false",
        " 50, 4, cat-2,  , STABLE, false"
    })
    void isDecidedByActivationsOffsetAndAvailableSplits(
            long offset, Long available, String key, Long chosen, Role role, boolean activates) {
        Activations activations = new Activations();
        activations.add(100, 1);
        activations.add(200, 3);

        Choice choice = choose(activations, available, offset, key);

        assertThat(choice.split().map(Split::number)).isEqualTo(Optional.ofNullable(chosen));
        assertThat(choice.role()).isEqualTo(role);
        assertThat(choice.activates()).isEqualTo(activates);
    }

    @ParameterizedTest(name = "split {0}, key {1}: {2}")
    @CsvSource({
        "1, cat-2, STABLE, a", // 0.346 is not below 0.25
        "1, cat-1, STABLE, a",
        "2, cat-2, CANDIDATE, b", // and below 0.5
        "2, cat-1, STABLE, a",
        "3, cat-2, STABLE, b",
        "3, cat-1, STABLE, b",
        "4, cat-2, STABLE, a"
    })
    void theKeyDecidesBetweenStableAndCandidate(long number, String key, Role role, String checkpoint) {
        Choice choice = choose(new Activations(), number, 0, key);

        assertThat(choice.role()).isEqualTo(role);
        assertThat(choice.split().orElseThrow().checkpoint(choice.role()).name())
                .isEqualTo(checkpoint + ".onnx");
    }

    @Test
    void noKeyGoesBackWhileTheShareGrows() {
        List<Double> shares = List.of(0.05, 0.25, 1.0);
        for (int index = 0; index < 1000; index++) {
            byte[] key = ("upload-" + index).getBytes(StandardCharsets.UTF_8);
            List<Role> roles = new ArrayList<>();
            shares.forEach(share -> roles.add(split(1, 'a', 'b', share).role(key)));

            assertThat(roles).as("upload-%d", index).isSorted(); // stable comes before candidate
            assertThat(roles.get(2)).isEqualTo(Role.CANDIDATE);
        }
    }

    @Test
    void aSplitThatIsNotInTheScheduleIsNoReasonToGuess() {
        Activations activations = new Activations();
        activations.add(0, 9);

        assertThatThrownBy(() -> choose(activations, null, 5, HIGH))
                .hasMessage("split 9 holds at offset 5 and is not in the schedule");
    }

    @Test
    void theShadowIsCastByWhatTheStableOneTranslates() {
        Split shadowed = split(1, 'a', new Split.Candidate(Splits.checkpoint('b'), 0.5, true, "s1"));

        assertThat(shadowed.isShadowed(shadowed.role(bytes(HIGH)))).isTrue();
        assertThat(shadowed.isShadowed(shadowed.role(bytes(LOW)))).isFalse();
        assertThat(split(1, 'a', 'b', 0.5).isShadowed(Role.STABLE)).isFalse();
    }

    private Choice choose(Activations activations, Long available, long offset, String key) {
        Optional<Split> newest = Optional.ofNullable(available).flatMap(schedule::split);
        return Choice.of(schedule, activations, newest, offset, bytes(key));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
