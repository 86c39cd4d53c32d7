package dev.cyclestream.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.kafka.MissingTopicException;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.stream.client.Pace;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What the bounds of a replay are, in topics with gaps and on which several plan. */
class ReplayPlannerIT extends ReplayScene {

    @Test
    void gapsAtTheEndOfATransactionalTopicAreNotWaitedFor() throws Exception {
        try (Producer<byte[], byte[]> producer = producer("writer")) {
            producer.initTransactions();
            transaction(producer, true, 0, "a", "b"); // 0, 1, marker 2
            transaction(producer, false, 0, "lost", "lost too"); // 3, 4, marker 5
            transaction(producer, true, 0, "c"); // 6, marker 7
            transaction(producer, false, 0, "lost again", "and again", "and again"); // 8 to 10, marker 11
            transaction(producer, false, 1, "nothing but lost"); // 0, marker 1
        }
        ReplayPlan plan = plan(request("gaps", null, null));
        assertThat(plan.source().partitions())
                .containsExactly(new PartitionRange(0, 0, 7), new PartitionRange(1, 0, 0));
        assertThat(run(plan, Pace.unlimited())).isEmpty();
        assertThat(ids(plan)).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(positions(plan)).containsEntry(0, 7L);
    }

    @Test
    void openTransactionIsNotWaitedForWithoutEnd() throws Exception {
        try (Producer<byte[], byte[]> producer = producer("open")) {
            producer.initTransactions();
            transaction(producer, true, 0, "a");
            producer.beginTransaction();
            producer.send(record(0, "not yet")).get();
            ReplayPlan plan = plan(request("open", null, null));
            assertThat(plan.source().partitions().get(0)).isEqualTo(new PartitionRange(0, 0, 1));
            assertThat(run(plan, Pace.unlimited())).isEmpty();
            assertThat(ids(plan)).containsExactly("a");
            producer.abortTransaction();
        }
    }

    @Test
    void emptyRangeLeavesNothingBehind() throws Exception {
        send(0, "a");
        assertThat(new ReplayPlanner(connection, PATIENCE)
                        .plan(request("empty", "now", null))
                        .plan())
                .isEmpty();
        assertThat(new ReplayPlanner(connection, PATIENCE)
                        .plan(request("empty", "0:1", null))
                        .plan())
                .isEmpty();
        try (Topics topics = new Topics(connection)) {
            assertThat(topics.exists(new ReplayName("empty").planTopic())).isFalse();
        }
    }

    @Test
    void rangeThatDoesNotSuitTheTopicIsRefused() {
        ReplayPlanner planner = new ReplayPlanner(connection, PATIENCE);
        assertThatThrownBy(() -> planner.plan(request("wrong", "2:1", null)))
                .hasMessage("--from: %s has partitions 0 to 1, found offsets of [2]".formatted(topic));
        String tomorrow = Instant.now().plus(Duration.ofDays(1)).toString();
        assertThatThrownBy(() -> planner.plan(request("wrong", null, tomorrow)))
                .hasMessageStartingWith("--to: expected a time that has passed");
        topic = "nowhere";
        assertThatThrownBy(() -> planner.plan(request("wrong", null, null))).isInstanceOf(MissingTopicException.class);
    }

    @Test
    void timesAreTheTimestampsOfRecords() throws Exception {
        // Not so long ago that retention takes the records.
        Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(1));
        try (Producer<byte[], byte[]> producer = producer("")) {
            for (int second = 0; second < 10; second++) {
                producer.send(new ProducerRecord<>(
                                topic, second % 2, start.plusSeconds(second).toEpochMilli(), null, event("s" + second)))
                        .get();
            }
        }
        ReplayPlan plan = plan(request(
                "times", start.plusSeconds(2).toString(), start.plusSeconds(7).toString()));
        assertThat(run(plan, Pace.unlimited())).isEmpty();
        assertThat(ids(plan)).containsExactlyInAnyOrder("s2", "s3", "s4", "s5", "s6");
    }

    @Test
    void instancesThatPlanAtTheSameTimeHaveTheSamePlan() throws Exception {
        send(0, "a");
        List<CompletableFuture<ReplayPlan>> planners = new ArrayList<>();
        for (int index = 0; index < 5; index++) {
            planners.add(CompletableFuture.supplyAsync(() -> plan(request("race", null, null))));
            send(1, "more " + index);
        }
        List<ReplayPlan> plans = planners.stream().map(CompletableFuture::join).toList();
        assertThat(plans).containsOnly(plans.get(0));
        assertThat(positions(plans.get(0))).containsEntry(0, 0L).containsEntry(1, 0L);
    }

    @Test
    void partitionsThatAreNotNamedAreLeftOut() throws Exception {
        send(0, "a", "b");
        send(1, "c", "d");
        ReplayPlan plan = plan(request("named", "1:1", null));
        assertThat(run(plan, Pace.unlimited())).isEmpty();
        assertThat(ids(plan)).containsExactly("d");
    }
}
