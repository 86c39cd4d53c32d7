package dev.cyclestream.rollout.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.event.Direction;
import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.event.Provenance;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.rollout.Announcement.Action;
import dev.cyclestream.rollout.NamedCheckpoint;
import dev.cyclestream.rollout.RolloutTopics;
import dev.cyclestream.rollout.Schedule;
import dev.cyclestream.rollout.Schedule.Trial;
import dev.cyclestream.rollout.ScheduleTopic;
import dev.cyclestream.rollout.Split;
import dev.cyclestream.stream.TestImages;
import dev.cyclestream.topic.CollectedImage;
import dev.cyclestream.topic.ImageCollector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/**
 * A real broker, topics for each test, and instances in this process whose checkpoints differ in a letter and whose generators are
 * quick.
 */
@Timeout(180)
abstract class RolloutScene {

    static final int PARTITIONS = 4;
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);

    static TestKafka kafka;
    static KafkaConnection connection;

    String application;
    String input;
    String output;
    private final List<RolloutMember> members = new ArrayList<>();

    /** A place in an input, and what was made of it. */
    record Made(String imageId, int partition, long offset, String checkpoint, Long split, String role) {}

    @BeforeAll
    static void startKafka() throws Exception {
        kafka = TestKafka.start(1);
        connection = kafka.connection();
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @BeforeEach
    void makeTopics(TestInfo test) {
        application = test.getTestMethod().orElseThrow().getName();
        input = application + ".a";
        output = application + ".b";
        make(PARTITIONS, input, output, deadLetters());
    }

    @AfterEach
    void closeMembers() {
        members.forEach(RolloutMember::close);
    }

    final String deadLetters() {
        return application + ".dead-letters";
    }

    static void make(int partitions, String... names) {
        try (Topics topics = new Topics(connection)) {
            topics.createMissing(List.of(names), Optional.of(partitions), 1 << 20);
        }
    }

    /** Starts an instance that begins with checkpoint a. */
    final RolloutMember member(CheckpointLoading loading) throws InterruptedException {
        return member(new RolloutMember.Topics(input, output, deadLetters()), loading);
    }

    final RolloutMember member(RolloutMember.Topics topics, CheckpointLoading loading) throws InterruptedException {
        RolloutMember member = new RolloutMember(connection, application, topics, loading);
        members.add(member);
        member.start();
        return member;
    }

    /** Loads whatever is named, with a generator that is quick. */
    static CheckpointLoading everything() {
        return (named, direction) -> Variants.translator(named.name().charAt(0));
    }

    /** Announces a candidate. */
    final Split start(char running, char candidate, double share, boolean shadow) {
        return start(Variants.named(running), Variants.named(candidate), new Trial(share, shadow));
    }

    final Split start(NamedCheckpoint running, NamedCheckpoint candidate, Trial trial) {
        RolloutTopics.makeMissing(connection, application, PARTITIONS);
        return announce(
                Action.START, schedule -> schedule.start(Direction.A_TO_B, () -> running, candidate, trial, "salt"));
    }

    final Split promote() {
        return announce(Action.PROMOTE, schedule -> schedule.promote(Direction.A_TO_B));
    }

    final Split rollBack() {
        return announce(Action.ROLL_BACK, schedule -> schedule.rollBack(Direction.A_TO_B));
    }

    private Split announce(Action action, Function<Schedule, Split> next) {
        return new ScheduleTopic(connection, application).announce(action, "tester@here", next);
    }

    final Schedule schedule() {
        return new ScheduleTopic(connection, application).read();
    }

    /** Sends an image with a key to each of these partitions. */
    final void send(String prefix, int... partitions) throws Exception {
        for (int partition : partitions) {
            String id = "%s-%d".formatted(prefix, partition);
            send(input, partition, id.getBytes(StandardCharsets.UTF_8), id);
        }
    }

    static void send(String topic, int partition, byte[] key, String id) throws Exception {
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                        connection.clientSettings(), new ByteArraySerializer(), new ByteArraySerializer());
                Serializer<ImageEvent> serializer =
                        connection.serdes().imageEvents().serializer()) {
            byte[] event = serializer.serialize(topic, TestImages.event(id, TestImages.encode(32, 1, ImageFormat.PNG)));
            producer.send(new ProducerRecord<>(topic, partition, key, event)).get();
        }
    }

    /** Waits for so many results from the beginning of a topic; there are no more. */
    static List<Made> collect(String topic, int count) throws IOException {
        List<Made> made = new ArrayList<>();
        try (ImageCollector collector = new ImageCollector(connection, topic)) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (made.size() < count && System.nanoTime() < end) {
                collector.poll(POLL, image -> made.add(made(image)));
            }
            collector.poll(Duration.ofMillis(500), image -> made.add(made(image)));
        }
        assertThat(made).hasSize(count);
        return made;
    }

    private static Made made(CollectedImage image) {
        Provenance made = image.provenance().orElseThrow();
        return new Made(
                image.imageId(),
                made.getSourcePartition(),
                made.getSourceOffset(),
                made.getCheckpointName(),
                made.getSplit(),
                made.getRole());
    }

    /** The checkpoint of each image. */
    static Map<String, String> checkpoints(List<Made> made) {
        Map<String, String> checkpoints = new HashMap<>();
        made.forEach(one -> checkpoints.put(one.imageId(), one.checkpoint()));
        return checkpoints;
    }

    /** Those whose ids begin so: a topic's partitions come in any order. */
    static List<Made> of(List<Made> made, String prefix) {
        return made.stream().filter(one -> one.imageId().startsWith(prefix)).toList();
    }

    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(POLL.toMillis());
        }
    }
}
