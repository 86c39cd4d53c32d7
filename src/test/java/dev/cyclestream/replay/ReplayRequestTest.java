package dev.cyclestream.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import dev.cyclestream.event.Direction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplayRequestTest {

    private static final String SHA256 = "0123456789abcdef".repeat(4);
    private static final ReplayPlan PLAN = new ReplayPlan(
            ReplayPlan.FORMAT,
            "spring",
            "2026-05-01T12:00:00Z",
            new ReplayPlan.Source(
                    "images.a",
                    "an id",
                    "120",
                    "latest",
                    List.of(
                            new PartitionRange(0, 120, 200),
                            new PartitionRange(1, 80, 80),
                            new PartitionRange(2, 120, 121)),
                    List.of(new Unread(2, 121, 130, "behind a transaction"))),
            new ReplayPlan.Recipe("new.onnx", SHA256, "size as it is"),
            new ReplayPlan.Output("images.a-replay-01234567-spring", true));

    @Test
    void planIsTheSameAfterItWasWrittenAndRead() {
        Gson gson = new Gson();
        assertThat(gson.fromJson(gson.toJson(PLAN), ReplayPlan.class)).isEqualTo(PLAN);
    }

    @Test
    void planCountsWhatThereIsToDo() {
        assertThat(PLAN.length()).isEqualTo(81);
        assertThat(PLAN.work()).extracting(PartitionRange::partition).containsExactly(0, 2);
        assertThat(PLAN.bounds()).containsEntry(0, 200L).containsEntry(1, 80L).containsEntry(2, 121L);
        assertThat(PLAN.describe()).contains("81 offsets in 2 partitions (0: 120 to 199, 2: 120 to 120)");
    }

    @Test
    void requestThatSaysNothingElseTakesThePlansRange() {
        assertThatCode(() -> request("images.a", null, null, SHA256, null).requireAgreement(PLAN))
                .doesNotThrowAnyException();
    }

    @Test
    void wordsHaveTheMeaningThatThePlanGaveThem() {
        assertThatCode(() ->
                        request("images.a", "earliest", "now", SHA256, null).requireAgreement(PLAN))
                .doesNotThrowAnyException();
    }

    @Test
    void contradictionsAreRefusedByName() {
        String other = "f".repeat(64);
        assertRefused(
                request("images.b", null, null, SHA256, null), "--topic: it is planned with images.a, found images.b");
        assertRefused(request("images.a", null, null, other, null), "--checkpoint: it is planned with " + SHA256);
        assertRefused(request("images.a", "121", null, SHA256, null), "--from: it is planned with 120, found 121");
        assertRefused(request("images.a", null, "500", SHA256, null), "--to: it is planned with latest, found 500");
        assertRefused(
                request("images.a", null, null, SHA256, "mine"), "--output-topic: it is planned with images.a-replay");
    }

    @Test
    void splitsThatWereAnnouncedAfterThePlanDoNotKeepAnybodyFromJoining() {
        ReplayPlan plan = planOf(splits("one", "two"));
        assertThatCode(() -> request(splits("one", "two", "three")).requireAgreement(plan))
                .doesNotThrowAnyException();
        assertThat(plan.describe()).contains("with the checkpoints that made them, A_TO_B of splits 1 to 2 of live (");
    }

    @Test
    void otherSplitsAreRefused() {
        ReplayPlan plan = planOf(splits("one", "two"));
        String planned = "--as-scheduled: it is planned with A_TO_B of splits 1 to 2 of live (";
        assertRefused(plan, request(splits("one", "other")), planned);
        assertRefused(plan, request(splits("one")), planned);
        assertRefused(
                plan,
                request(new RecordedSplits("other", Direction.A_TO_B, List.of("one", "two"))),
                "found A_TO_B of splits 1 to 2 of other (");
        assertRefused(plan, request("images.a", null, null, SHA256, null), "found " + SHA256);
        assertRefused(PLAN, request(splits("one")), "--as-scheduled: it is planned with " + SHA256);
    }

    @Test
    void planOfSplitsIsTheSameAfterItWasWrittenAndReadAndOfAFormatThatEarlierVersionsRefuse() {
        Gson gson = new Gson();
        ReplayPlan plan = planOf(splits("one"));
        assertThat(gson.fromJson(gson.toJson(plan), ReplayPlan.class)).isEqualTo(plan);
        assertThat(plan.format()).isEqualTo(2);
        assertThat(PLAN.recipe().format()).isEqualTo(1);
        assertThat(gson.toJson(PLAN)).doesNotContain("splits");
    }

    @Test
    void withoutAnEndTheRangeEndsWhereTheApplicationIs() {
        assertThat(request(null, null, 40, 50).range()).hasToString("earliest to 0:40,1:50");
        assertThat(request("1:20", null, 40, 50).range()).hasToString("1:20 to 1:50");
        assertThat(request("1:60", null, 40, 50).range()).hasToString("1:60 to 1:60");
        assertThat(request(null, "latest", 40, 50).range()).hasToString("earliest to latest");
    }

    @Test
    void rangeThatTheApplicationHasNotDoneIsRefused() {
        LivePositions live = new LivePositions("live", "images.a", Map.of(0, 40L));
        live.requireDone(List.of(new PartitionRange(0, 0, 40), new PartitionRange(1, 7, 7)));
        assertThatThrownBy(() -> live.requireDone(List.of(new PartitionRange(0, 0, 41))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "--from, --to: expected a range of what application live has done, found offsets up to 40 of partition 0 of images.a, where its next image is 40; leave out --to, or take offsets such as 0:40");
        assertThatThrownBy(() -> live.requireDone(List.of(new PartitionRange(1, 0, 1))))
                .hasMessageContaining("found offsets up to 0 of partition 1");
        assertThatThrownBy(() -> new LivePositions("live", "images.a", Map.of()).end(new Edge.Earliest()))
                .hasMessageContaining("found no position of live there");
    }

    private static RecordedSplits splits(String... sha256s) {
        return new RecordedSplits("live", Direction.A_TO_B, List.of(sha256s));
    }

    private static ReplayPlan planOf(RecordedSplits splits) {
        ReplayPlan.Recipe recipe = new ReplayPlan.Recipe(splits, "size as it is");
        return new ReplayPlan(recipe.format(), PLAN.name(), PLAN.plannedAt(), PLAN.source(), recipe, PLAN.output());
    }

    private static ReplayRequest request(RecordedSplits splits) {
        return new ReplayRequest(
                new ReplayName("spring"),
                "images.a",
                Optional.empty(),
                Optional.empty(),
                new ReplayPlan.Recipe(splits, "size as it is"),
                Optional.empty());
    }

    private static ReplayRequest request(String from, String to, long first, long second) {
        return new ReplayRequest(
                new ReplayName("spring"),
                "images.a",
                Optional.ofNullable(from).map(text -> Edge.parse(text)),
                Optional.ofNullable(to).map(text -> Edge.parse(text)),
                new ReplayPlan.Recipe(splits("one"), "size as it is"),
                Optional.empty(),
                Optional.of(new LivePositions("live", "images.a", Map.of(0, first, 1, second))));
    }

    @Test
    void imagesDoNotGoWhereTheReplayKeepsSomethingElse() {
        for (String kept : List.of("plan", "dead-letters", "failures")) {
            assertThatThrownBy(() -> request("images.a", null, null, SHA256, "cyclestream-replay-spring-" + kept))
                    .hasMessage(
                            "--output-topic: expected a topic for images, found cyclestream-replay-spring-%s, in which the replay keeps something else",
                            kept);
        }
        assertThatThrownBy(() -> request("images.a", null, null, SHA256, "images.a"))
                .hasMessageStartingWith("--output-topic: expected another topic than the one that is replayed");
    }

    @Test
    void outputTopicIsNamedAfterSourceAndCheckpointAndTheNameIfThereIsOne() {
        assertThat(request("images.a", null, null, SHA256, null).plannedOutputTopic())
                .isEqualTo("images.a-replay-01234567-spring");
        ReplayName unnamed = ReplayName.of("images.a", "01234567");
        assertThat(unnamed.value()).isEqualTo("images.a-01234567");
        assertThat(unnamed.outputTopic("images.a", "01234567")).isEqualTo("images.a-replay-01234567");
    }

    @Test
    void nameThatNoTopicCouldHaveIsRefused() {
        assertThatThrownBy(() -> new ReplayName("a b")).hasMessageStartingWith("expected up to 150 letters");
    }

    private static void assertRefused(ReplayRequest request, String why) {
        assertRefused(PLAN, request, why);
    }

    private static void assertRefused(ReplayPlan plan, ReplayRequest request, String why) {
        assertThatThrownBy(() -> request.requireAgreement(plan))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("replay spring: ")
                .hasMessageContaining(why);
    }

    private static ReplayRequest request(String topic, String from, String to, String sha256, String output) {
        return new ReplayRequest(
                new ReplayName("spring"),
                topic,
                Optional.ofNullable(from).map(text -> Edge.parse(text)),
                Optional.ofNullable(to).map(text -> Edge.parse(text)),
                new ReplayPlan.Recipe("new.onnx", sha256, "size as it is"),
                Optional.ofNullable(output));
    }
}
