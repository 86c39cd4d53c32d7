package dev.cyclestream.rollout.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cyclestream.rollout.Activations;
import dev.cyclestream.rollout.ActivationsTopic;
import dev.cyclestream.rollout.Split;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Each partition has one border for each split, wherever it moves and however often it is read. */
class RolloutBordersIT extends RolloutScene {

    private static final int KEYS = 60;

    @Test
    void anInstanceThatJoinsAfterTheSwitchNeverFallsBack() throws Exception {
        RolloutMember first = member(everything());
        send("before", 0, 1, 2, 3);
        collect(output, 4);
        start('a', 'b', 1, false);
        await("it could work by it", () -> first.couldWorkBy(1));
        send("switched", 0, 1, 2, 3);
        collect(output, 8);
        promote();

        RolloutMember second = member(everything());
        await("they share the partitions", () -> second.application().partitions() == PARTITIONS / 2);
        send("shared", 0, 1, 2, 3);
        collect(output, 12);
        first.close();
        send("alone", 0, 1, 2, 3);

        List<Made> made = collect(output, 16);
        made.forEach(one -> assertThat(one.checkpoint())
                .as(one.imageId())
                .isEqualTo(one.imageId().startsWith("before") ? "a.onnx" : "b.onnx"));
    }

    @Test
    void aGroupThatIsRewoundDecidesAsBefore() throws Exception {
        try (RolloutMember first = member(everything())) {
            send("one", 0, 1, 2, 3);
            collect(output, 4);
            start('a', 'b', 0.5, false);
            await("it could work by it", () -> first.couldWorkBy(1));
            send("two", 0, 1, 2, 3);
            collect(output, 8);
            promote();
            await("it could work by it", () -> first.couldWorkBy(2));
            send("three", 0, 1, 2, 3);
            collect(output, 12);
            rollBack();
            await("it could work by it", () -> first.couldWorkBy(3));
            send("four", 0, 1, 2, 3);
            collect(output, 16);
        }
        List<Made> before = collect(output, 16);
        rewind();

        member(everything());
        List<Made> all = collect(output, 32);
        List<Made> twice = new ArrayList<>(before);
        twice.addAll(before);
        assertThat(all).containsExactlyInAnyOrderElementsOf(twice);
        assertThat(before).extracting(Made::split).contains(null, 1L, 2L, 3L);
    }

    private void rewind() throws Exception {
        try (Admin admin = Admin.create(connection.clientSettings())) {
            Map<TopicPartition, OffsetAndMetadata> beginnings = new HashMap<>();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                beginnings.put(new TopicPartition(input, partition), new OffsetAndMetadata(0));
            }
            admin.alterConsumerGroupOffsets(application, beginnings).all().get();
        }
    }

    @Test
    void aRollBackRightAfterAPromotionIsTheLastWord() throws Exception {
        RolloutMember member = member(everything());
        start('a', 'b', 0.5, false);
        await("it could work by it", () -> member.couldWorkBy(1));
        send("one", 0, 1, 2, 3);
        collect(output, 4);
        promote();
        Thread.sleep(1000);
        send("between", 0, 1, 2, 3);
        rollBack();
        await("it could work by it", () -> member.couldWorkBy(3));
        send("after", 0, 1, 2, 3);

        List<Made> made = collect(output, 12);
        assertThat(made.stream().filter(one -> one.imageId().startsWith("after")))
                .allSatisfy(one -> assertThat(one.checkpoint()).isEqualTo("a.onnx"))
                .allSatisfy(one -> assertThat(one.split()).isEqualTo(3L));
    }

    @Test
    void noKeyGoesBackWhileTheShareGrows() throws Exception {
        RolloutMember member = member(everything());
        Set<String> candidates = new HashSet<>();
        int sent = 0;
        double[] shares = {0.05, 0.25, 1};
        for (int step = 0; step < shares.length; step++) {
            Split split = start('a', 'b', shares[step], false);
            await("it could work by it", () -> member.couldWorkBy(split.number()));
            for (int key = 0; key < KEYS; key++) {
                send(input, key % PARTITIONS, ("key-" + key).getBytes(StandardCharsets.UTF_8), step + "-" + key);
            }
            sent += KEYS;
            Set<String> now = new HashSet<>();
            of(collect(output, sent), step + "-").forEach(made -> {
                assertThat(made.split()).isEqualTo(split.number());
                if (made.checkpoint().equals("b.onnx")) {
                    now.add(made.imageId().substring(2));
                }
            });
            assertThat(now).containsAll(candidates);
            candidates = now;
        }
        assertThat(candidates).hasSize(KEYS);
    }

    @Test
    void imagesWithoutAKeyAreChosenByTheirIds() throws Exception {
        RolloutMember member = member(everything());
        Split split = start('a', 'b', 0.5, false);
        await("it could work by it", () -> member.couldWorkBy(1));
        for (int image = 0; image < KEYS; image++) {
            send(input, image % PARTITIONS, null, "image-" + image);
        }

        List<Made> made = collect(output, KEYS);
        assertThat(made).extracting(Made::role).contains("stable", "candidate");
        made.forEach(one -> assertThat(one.role())
                .isEqualTo(split.role(one.imageId().getBytes(StandardCharsets.UTF_8))
                        .toString()));
    }

    @Test
    void partitionsThatAreAddedWorkByTheNewestSplit() throws Exception {
        RolloutMember member = member(everything());
        start('a', 'b', 1, false);
        await("it could work by it", () -> member.couldWorkBy(1));
        send("one", 0, 1, 2, 3);
        collect(output, 4);
        try (Admin admin = Admin.create(connection.clientSettings())) {
            NewPartitions six = NewPartitions.increaseTo(6);
            admin.createPartitions(Map.of(input, six, output, six)).all().get();
        }
        send("new", 4, 5);

        List<Made> made = collect(output, 6);
        assertThat(of(made, "new"))
                .extracting(Made::partition, Made::checkpoint, Made::split)
                .containsExactlyInAnyOrder(tuple(4, "b.onnx", 1L), tuple(5, "b.onnx", 1L));
        member.close();
        send("later", 0, 4);
        member(everything());
        assertThat(of(collect(output, 8), "later"))
                .hasSize(2)
                .extracting(Made::split)
                .containsOnly(1L);
    }

    @Test
    void activationsOfATopicThatWasMadeAnewAreVoid() throws Exception {
        RolloutMember member = member(everything());
        start('a', 'b', 1, false);
        await("it could work by it", () -> member.couldWorkBy(1));
        send("one", 0);
        collect(output, 1);
        member.close();

        try (ActivationsTopic topic = new ActivationsTopic(connection, application)) {
            String id = topic.all().get(0).topicId();
            TopicPartition partition = new TopicPartition(input, 0);
            assertThat(topic.of(partition, id).at(0)).hasValue(1);
            Activations ofAnother = topic.of(partition, "another");
            assertThat(ofAnother.at(Long.MAX_VALUE)).isEmpty();
        }
    }
}
