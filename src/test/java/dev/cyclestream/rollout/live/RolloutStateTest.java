package dev.cyclestream.rollout.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.event.Direction;
import dev.cyclestream.rollout.Announcement.Action;
import dev.cyclestream.rollout.Role;
import dev.cyclestream.rollout.Schedule;
import dev.cyclestream.rollout.Split;
import dev.cyclestream.rollout.Split.Candidate;
import dev.cyclestream.rollout.Splits;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RolloutStateTest {

    private static final Split TRIAL = Splits.split(1, 'a', 'b', 0.05);
    private static final Split NEXT = Splits.split(2, 'b', new Candidate(Splits.checkpoint('c'), 0, true, "s2"));
    private final Schedule schedule = new Splits()
            .announce(Action.START, TRIAL)
            .announce(Action.START, NEXT)
            .schedule();

    @Test
    void whatAnInstanceBeganWithIsStableUntilASplitIsAvailable() {
        assertThat(role('a', Optional.empty(), Schedule.EMPTY)).contains(Role.STABLE);
        assertThat(role('a', Optional.empty(), schedule)).contains(Role.STABLE);
        assertThat(role('a', Optional.of(NEXT), schedule)).isEmpty();
    }

    @Test
    void theSplitThatIsAvailableDecidesAndElseTheNewest() {
        assertThat(role('a', Optional.of(TRIAL), schedule)).contains(Role.STABLE);
        assertThat(role('b', Optional.of(TRIAL), schedule)).contains(Role.CANDIDATE);
        assertThat(role('c', Optional.of(TRIAL), schedule)).contains(Role.SHADOW);
        assertThat(role('b', Optional.of(NEXT), schedule)).contains(Role.STABLE);
        assertThat(role('d', Optional.of(NEXT), schedule)).isEmpty();
    }

    private static Optional<Role> role(char checkpoint, Optional<Split> available, Schedule schedule) {
        return RolloutState.role(
                Splits.checkpoint(checkpoint).sha256(),
                Direction.A_TO_B,
                Splits.checkpoint('a').sha256(),
                available,
                schedule);
    }
}
