package dev.cyclestream.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.kafka.Topics;
import dev.cyclestream.stream.client.Pace;
import dev.cyclestream.topic.ImageCollector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What instances do between the bounds, and what is left of them. */
class ReplayInstanceIT extends ReplayScene {

    @Test
    void nothingBeyondTheBoundIsTranslatedThoughMoreIsThere() throws Exception {
        send(0, "a", "b", "c", "d");
        send(1, "e", "f", "g");
        ReplayPlan plan = plan(request("bounded", "0:1,1:0", "0:3,1:2"));
        assertThat(plan.source().partitions())
                .containsExactly(new PartitionRange(0, 1, 3), new PartitionRange(1, 0, 2));
        assertThat(run(plan, Pace.unlimited())).isEmpty();
        assertThat(ids(plan)).containsExactlyInAnyOrder("b", "c", "e", "f");
        assertThat(positions(plan)).containsEntry(0, 3L).containsEntry(1, 2L);
    }

    @Test
    void poisonAtTheBoundIsADeadLetterAndTheEnd() throws Exception {
        send(0, "a");
        try (Producer<byte[], byte[]> producer = producer("")) {
            producer.send(new ProducerRecord<>(topic, 0, null, "no avro".getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
        ReplayPlan plan = plan(request("poison", null, null));
        send(0, "later");
        assertThat(run(plan, Pace.unlimited())).isEmpty();
        assertThat(ids(plan)).containsExactly("a");
        assertThat(positions(plan)).containsEntry(0, 2L);
    }

    @Test
    void whatWasDeletedMeanwhileIsNotWaitedFor() throws Exception {
        send(0, "a", "b", "c");
        send(1, "d");
        ReplayPlan plan = plan(request("deleted", null, null));
        send(0, "later");
        try (Admin admin = Admin.create(connection.clientSettings())) {
            admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(3)))
                    .all()
                    .get();
        }
        assertThat(run(plan, Pace.unlimited())).isEmpty();
        assertThat(ids(plan)).containsExactly("d");
    }

    @Test
    void completeReplayIsKnownToBeCompleteAfterItsGroupIsForgotten() throws Exception {
        send(0, "a");
        ReplayPlan plan = plan(request("forgotten", null, null));
        try (ReplayProgress progress = new ReplayProgress(connection, plan)) {
            assertThatCode(progress::requirePositions).doesNotThrowAnyException();
            deleteGroup(plan);
            assertThatThrownBy(progress::requirePositions)
                    .hasMessageStartingWith("replay forgotten: its group no longer knows how far it was");
        }
        try (ReplayRemains remains = new ReplayRemains(connection, new ReplayName("forgotten"))) {
            remains.remove();
        }
        ReplayPlan anew = plan(request("forgotten", null, null));
        assertThat(run(anew, Pace.unlimited())).isEmpty();
        deleteGroup(anew);
        assertThat(new ReplayPlanner(connection, PATIENCE)
                        .plan(request("forgotten", null, null))
                        .complete())
                .isTrue();
    }

    @Test
    void resetRemovesWhatCarriesTheNameAndNothingElse() throws Exception {
        send(0, "a", "b", "c", "d");
        make("mine", 1);
        ReplayPlan own = plan(request("first", null, null));
        ReplayPlan others = plan(new ReplayRequest(
                new ReplayName("first-of-others"),
                topic,
                Optional.empty(),
                Optional.empty(),
                RECIPE,
                Optional.of("mine")));
        assertThat(run(own, Pace.unlimited())).isEmpty();
        assertThat(run(others, Pace.unlimited())).isEmpty();
        try (ReplayRemains remains = new ReplayRemains(connection, new ReplayName("first"))) {
            assertThat(remains.describe())
                    .containsExactly(
                            "group cyclestream-replay-first",
                            "topic " + own.output().topic(),
                            "topic cyclestream-replay-first-dead-letters",
                            "topic cyclestream-replay-first-failures",
                            "topic cyclestream-replay-first-plan");
            remains.remove();
        }
        try (ReplayRemains remains = new ReplayRemains(connection, new ReplayName("first"))) {
            assertThat(remains.isEmpty()).isTrue();
        }
        try (ReplayRemains remains = new ReplayRemains(connection, new ReplayName("first-of-others"))) {
            assertThat(remains.kept().orElseThrow().topic()).isEqualTo("mine");
            assertThat(remains.describe()).hasSize(4).doesNotContain("topic mine");
            remains.remove();
        }
        assertThat(ids(others)).containsExactlyInAnyOrder("a", "b", "c", "d");
        try (Topics topics = new Topics(connection)) {
            topics.require(List.of(topic, "mine"));
        }
    }

    @Test
    void resetRefusesWhileAnInstanceWorks() throws Exception {
        send(0, "a", "b", "c", "d", "e", "f", "g", "h");
        ReplayPlan plan = plan(request("busy", null, null));
        CompletableFuture<Optional<Throwable>> slow = CompletableFuture.supplyAsync(() -> run(plan, Pace.of(0.5)));
        try (ImageCollector collector = collector(plan)) {
            while (!collector.poll(Duration.ofMillis(200), image -> {})) {
                assertThat(slow).isNotDone();
            }
        }
        try (ReplayRemains remains = new ReplayRemains(connection, new ReplayName("busy"))) {
            assertThatThrownBy(remains::requireNoMembers)
                    .hasMessageMatching("replay busy: its group has \\d members: stop its instances first.*");
            assertThatThrownBy(remains::remove).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(slow.join()).isEmpty();
        assertThat(ids(plan)).hasSize(8);
    }

    @Test
    void sourceThatIsMadeAnewMeanwhileFailsTheReplay() throws Exception {
        String[] images = IntStream.range(0, 20).mapToObj(Integer::toString).toArray(String[]::new);
        send(0, images);
        ReplayPlan plan = plan(request("made-anew", null, null));
        CompletableFuture<Optional<Throwable>> slow = CompletableFuture.supplyAsync(() -> run(plan, Pace.of(1)));
        try (ImageCollector collector = collector(plan)) {
            while (!collector.poll(Duration.ofMillis(200), image -> {})) {
                assertThat(slow).isNotDone();
            }
        }
        try (Topics topics = new Topics(connection)) {
            topics.delete(List.of(topic));
        }
        make(topic, 2);
        send(0, images);
        assertThat(slow.join().orElseThrow())
                .hasStackTraceContaining("topic %s was deleted and made anew".formatted(topic));
        assertThatThrownBy(() -> new ReplayPlanner(connection, PATIENCE).plan(request("made-anew", null, null)))
                .hasMessageContaining("was deleted and made anew since it was planned");
    }

    private static void deleteGroup(ReplayPlan plan) throws Exception {
        try (Admin admin = Admin.create(connection.clientSettings())) {
            admin.deleteConsumerGroups(List.of(new ReplayName(plan.name()).applicationId()))
                    .all()
                    .get();
        }
    }
}
