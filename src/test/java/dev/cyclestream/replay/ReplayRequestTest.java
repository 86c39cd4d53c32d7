package dev.cyclestream.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import java.util.List;
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
        ReplayName unnamed = ReplayName.of("images.a", SHA256);
        assertThat(unnamed.value()).isEqualTo("images.a-01234567");
        assertThat(unnamed.outputTopic("images.a", SHA256)).isEqualTo("images.a-replay-01234567");
    }

    @Test
    void nameThatNoTopicCouldHaveIsRefused() {
        assertThatThrownBy(() -> new ReplayName("a b")).hasMessageStartingWith("expected up to 150 letters");
    }

    private static void assertRefused(ReplayRequest request, String why) {
        assertThatThrownBy(() -> request.requireAgreement(PLAN))
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
