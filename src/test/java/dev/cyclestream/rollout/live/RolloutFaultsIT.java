package dev.cyclestream.rollout.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.cyclestream.checkpoint.InvalidCheckpointException;
import dev.cyclestream.deadletter.InstanceFailedException;
import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.Generator;
import dev.cyclestream.inference.GeneratorFailedException;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.picture.Picture;
import dev.cyclestream.rollout.RolloutRefusedException;
import dev.cyclestream.rollout.RolloutTopics;
import dev.cyclestream.rollout.operation.RolloutOperator;
import dev.cyclestream.storage.AwayStorage;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Roll-outs in which something fails: whatever it is, the stream goes on by the split before, or stops and loses nothing. */
class RolloutFaultsIT extends RolloutScene {

    @Test
    void storageAwayForOneInstanceHoldsUpItsPartitionsOnly() throws Exception {
        AtomicBoolean away = new AtomicBoolean(true);
        RolloutMember unlucky = member((named, direction) -> {
            if (away.get()) {
                throw AwayStorage.failure("s3 is away");
            }
            return everything().load(named, direction);
        });
        RolloutMember lucky = member(everything());
        await(
                "both have partitions",
                () -> lucky.application().partitions() == PARTITIONS / 2
                        && unlucky.application().partitions() == PARTITIONS / 2);
        start('a', 'b', 1, false);
        await("the lucky one could work by it", () -> lucky.couldWorkBy(1));
        await(
                "the unlucky one says why not",
                () -> unlucky.report()
                        .filter(report -> report.failures().containsValue("s3 is away"))
                        .isPresent());

        send("meanwhile", 0, 1, 2, 3);
        List<Made> meanwhile = collect(output, 4);
        assertThat(checkpoints(meanwhile).values()).containsExactlyInAnyOrder("a.onnx", "a.onnx", "b.onnx", "b.onnx");

        away.set(false);
        await("the unlucky one could work by it", () -> unlucky.couldWorkBy(1));
        send("later", 0, 1, 2, 3);
        List<Made> all = collect(output, 8);
        assertThat(of(all, "later")).hasSize(4).extracting(Made::checkpoint).containsOnly("b.onnx");
        assertThat(unlucky.report().orElseThrow().failures()).isEmpty();
    }

    @Test
    void aCheckpointThatFailsItsSelfTestTranslatesNothing() throws Exception {
        RolloutMember member = member((named, direction) -> {
            throw new InvalidCheckpointException(named.name() + ": self-test: expected less, found more");
        });
        start('a', 'b', 1, false);
        await(
                "it says why not",
                () -> member.report()
                        .filter(report ->
                                report.failures().containsValue("b.onnx: self-test: expected less, found more"))
                        .isPresent());
        send("after", 0, 1, 2, 3);

        assertThat(collect(output, 4))
                .allSatisfy(made -> assertThat(made.checkpoint()).isEqualTo("a.onnx"))
                .allSatisfy(made -> assertThat(made.split()).isNull());
        member.requireAlive();
        try (RolloutOperator operator = new RolloutOperator(connection, application, "tester@here")) {
            assertThatThrownBy(() -> operator.promote(Direction.A_TO_B))
                    .isInstanceOf(RolloutRefusedException.class)
                    .hasMessage(
                            "A_TO_B: expected an instance that has loaded the candidate, found none of 1: b.onnx: self-test: expected less, found more");
        }
        assertThat(schedule().announcements()).hasSize(1);
    }

    @Test
    void anInstanceThatCanNeverLoadWhatAPartitionNeedsStopsAndLosesNothing() throws Exception {
        RolloutMember first = member(everything());
        start('a', 'b', 1, false);
        await("it could work by it", () -> first.couldWorkBy(1));
        send("before", 0, 1, 2, 3);
        collect(output, 4);
        first.close();

        RolloutMember second = member((named, direction) -> {
            throw new InvalidCheckpointException(named.name() + ": expected another SHA-256");
        });
        send("after", 0, 1, 2, 3);
        assertThat(second.application().awaitEnd()).isPresent();
        assertThat(second.application().failure().orElseThrow())
                .hasRootCauseInstanceOf(InstanceFailedException.class)
                .rootCause()
                .hasMessageContaining("must translate it and cannot be loaded: b.onnx: expected another SHA-256");
        second.close();
        collect(output, 4);

        member(everything());
        assertThat(checkpoints(collect(output, 8)).values()).containsOnly("b.onnx");
    }

    @Test
    void memoryThatEndsWhileLoadingLeavesTheStreamAsItIs() throws Exception {
        AtomicBoolean full = new AtomicBoolean(true);
        RolloutMember member = member((named, direction) -> {
            if (full.get()) {
                throw new OutOfMemoryError("Java heap space");
            }
            return everything().load(named, direction);
        });
        start('a', 'b', 1, false);
        await(
                "it says why not",
                () -> member.report()
                        .filter(report -> report.failures().containsValue("Java heap space"))
                        .isPresent());
        send("meanwhile", 0, 1, 2, 3);
        assertThat(checkpoints(collect(output, 4)).values()).containsOnly("a.onnx");

        full.set(false);
        rollBack();
        start('a', 'c', 1, false);
        await("it could work by the next one", () -> member.couldWorkBy(3));
        send("later", 0, 1, 2, 3);
        assertThat(of(collect(output, 8), "later"))
                .hasSize(4)
                .extracting(Made::checkpoint)
                .containsOnly("c.onnx");
        assertThat(member.report().orElseThrow().failures()).isEmpty();
    }

    @Test
    void aShadowThatThrowsIsDroppedAndTheStreamGoesOn() throws Exception {
        RolloutTopics.makeShadow(connection, output);
        Generator throwing = new ThrowingGenerator();
        RolloutMember member = member((named, direction) -> named.name().startsWith("b")
                ? Variants.translator('b', throwing)
                : everything().load(named, direction));
        start('a', 'b', 0, true);
        await("it could work by it", () -> member.couldWorkBy(1));
        send("one", 0, 1, 2, 3);
        assertThat(collect(output, 4)).extracting(Made::checkpoint, Made::role).containsOnly(tuple("a.onnx", "stable"));

        start('a', 'c', 0, true);
        await("it could work by the next one", () -> member.couldWorkBy(2));
        send("two", 0, 1, 2, 3);
        collect(output, 8);
        assertThat(collect(RolloutTopics.shadowOf(output), 4))
                .extracting(Made::checkpoint, Made::role, Made::split)
                .containsOnly(tuple("c.onnx", "shadow", 2L));
        member.requireAlive();
    }

    @Test
    void aShadowWithoutATopicHoldsNothingUp() throws Exception {
        RolloutMember member = member(everything());
        start('a', 'b', 0, true);
        await("it could work by it", () -> member.couldWorkBy(1));
        send("one", 0, 1, 2, 3);

        assertThat(collect(output, 4)).extracting(Made::split).containsOnly(1L);
        try (Topics topics = new Topics(connection)) {
            assertThat(topics.exists(RolloutTopics.shadowOf(output))).isFalse();
        }
        member.requireAlive();
    }

    /** Passes for a generator until it is used. */
    private static final class ThrowingGenerator implements Generator {
        @Override
        public List<Picture> translate(List<Picture> images) {
            throw new GeneratorFailedException("broken", new IllegalStateException("broken"));
        }

        @Override
        public String device() {
            return "fake";
        }

        @Override
        public void close() {}
    }
}
