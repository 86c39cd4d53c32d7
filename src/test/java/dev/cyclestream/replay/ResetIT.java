package dev.cyclestream.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.deadletter.redrive.Redrive;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.stream.client.Pace;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A replay is removed with all that carries its name, and nothing else. */
class ResetIT extends ReplayScene {

    @Test
    void topicThatAnotherReplayHasPlannedToWriteToStays() throws Exception {
        send(0, "a", "b");
        ReplayPlan first = plan(into("reset-first", "together"));
        assertThat(run(first, Pace.unlimited())).isEmpty();
        ReplayPlan second = plan(into("reset-second", "together"));
        assertThat(reset("reset-first"))
                .contains(new ReplayRemains.Kept("together", 2, "replay reset-second writes to it, too"));
        assertThat(run(second, Pace.unlimited())).isEmpty();
        assertThat(ids(second)).containsExactlyInAnyOrder("a", "b", "a", "b");
    }

    @Test
    void imagesThatStayInATopicOfOthersAreCounted() throws Exception {
        send(0, "a", "b", "c");
        make("live", 2);
        ReplayPlan plan = plan(into("reset-guest", "live"));
        assertThat(run(plan, Pace.unlimited())).isEmpty();
        assertThat(reset("reset-guest")).contains(new ReplayRemains.Kept("live", 3, "it was there before the replay"));
        assertThat(ids(plan)).hasSize(3);
    }

    @Test
    void replaysOfLongerNamesAreOthers() throws Exception {
        send(0, "a");
        List<String> longer = List.of("spring-2", "spring-plan", "spring-dead-letters", "spring.2");
        for (String name : longer) {
            assertThat(run(plan(request(name, null, null)), Pace.unlimited())).isEmpty();
        }
        assertThat(run(plan(request("spring", null, null)), Pace.unlimited())).isEmpty();
        ReplayName spring = new ReplayName("spring");
        make(Redrive.notesOf(spring.deadLetterTopic()), 1); // as redrive does
        try (Topics topics = new Topics(connection)) {
            Set<String> before = topics.names();
            assertThat(reset("spring")).isEmpty();
            Set<String> removed = new TreeSet<>(before);
            removed.removeAll(topics.names());
            assertThat(removed)
                    .contains(spring.planTopic(), spring.deadLetterTopic(), Redrive.notesOf(spring.deadLetterTopic()))
                    .allMatch(topic -> topic.startsWith("cyclestream-replay-spring-plan")
                            || topic.startsWith("cyclestream-replay-spring-dead-letters")
                            || topic.startsWith("cyclestream-replay-spring-failures")
                            || topic.equals(request("spring", null, null).plannedOutputTopic()))
                    .doesNotContain(
                            new ReplayName("spring-plan").planTopic(), new ReplayName("spring-plan").deadLetterTopic());
        }
        for (String name : longer) {
            assertThat(new ReplayGaps(connection).of(name)).isEmpty();
            assertThat(ids(plan(request(name, null, null)))).containsExactly("a");
            try (ReplayRemains remains = new ReplayRemains(connection, new ReplayName(name))) {
                assertThat(remains.describe()).contains("group cyclestream-replay-" + name);
            }
        }
    }

    private Optional<ReplayRemains.Kept> reset(String name) {
        try (ReplayRemains remains = new ReplayRemains(connection, new ReplayName(name))) {
            remains.remove();
            return remains.kept();
        }
    }

    private ReplayRequest into(String name, String output) {
        return new ReplayRequest(
                new ReplayName(name), topic, Optional.empty(), Optional.empty(), RECIPE, Optional.of(output));
    }
}
