package dev.cyclestream.rollout.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.event.Direction;
import dev.cyclestream.event.Provenance;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.rollout.Activation;
import dev.cyclestream.rollout.Activations;
import dev.cyclestream.rollout.ActivationsTopic;
import dev.cyclestream.rollout.Announcement.Action;
import dev.cyclestream.rollout.NamedCheckpoint;
import dev.cyclestream.rollout.RolloutTopics;
import dev.cyclestream.rollout.Schedule;
import dev.cyclestream.rollout.Schedule.Trial;
import dev.cyclestream.rollout.ScheduleTopic;
import dev.cyclestream.rollout.Split;
import dev.cyclestream.stream.ApplicationProcess;
import dev.cyclestream.stream.TestImages;
import dev.cyclestream.topic.CollectedImage;
import dev.cyclestream.topic.ImageCollector;
import dev.cyclestream.topic.ImagePublisher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three processes share twelve partitions; one is killed every few seconds, while two roll-outs and a roll-back are announced. Each
 * image must be translated once, in order, by the checkpoint that the recorded activations say.
 *
 * <p>{@code -Dcyclestream.rollout.images=3000} runs it at length. Where images pass before the instances have loaded a candidate, more
 * are sent.
 */
@Timeout(1800)
class RolloutIT {

    private static final int IMAGES = Integer.getInteger("cyclestream.rollout.images", 600);
    private static final int PARTITIONS = 12;
    private static final int PROCESSES = 3;
    private static final String APPLICATION = "rolled";
    private static final Duration BETWEEN_KILLS = Duration.ofSeconds(7);
    private static final Duration PATIENCE = Duration.ofMinutes(IMAGES > 1000 ? 25 : 15);
    private static final int AHEAD = 120;
    private static final Duration POLL = Duration.ofMillis(100);

    @TempDir
    private Path folder;

    private final Random random = new Random(1);
    private final List<ApplicationProcess> processes = new ArrayList<>();
    private final List<CollectedImage> images = new ArrayList<>();
    private int started;
    private int sent;

    /**
     * A step of the test: once so many images came, and some by the split before, it is announced; a roll-back does not wait for
     * those.
     */
    private record Step(double share, Action action, Function<Schedule, Split> next) {}

    @Test
    void eachPartitionHasOneBorderForEachSplitWhateverDies() throws Exception {
        Map<Character, NamedCheckpoint> checkpoints = Variants.write(folder, 'a', 'b', 'c');
        try (TestKafka kafka = TestKafka.start(PARTITIONS)) {
            RolloutTopics.makeMissing(kafka.connection(), APPLICATION, PARTITIONS);
            List<Step> steps = List.of(
                    new Step(0.15, Action.START, schedule -> start(schedule, checkpoints, 'a', 'b', 0.3)),
                    new Step(0.35, Action.PROMOTE, schedule -> schedule.promote(Direction.A_TO_B)),
                    new Step(0.5, Action.START, schedule -> start(schedule, checkpoints, 'b', 'c', 0.5)),
                    new Step(0.65, Action.PROMOTE, schedule -> schedule.promote(Direction.A_TO_B)),
                    new Step(0.66, Action.ROLL_BACK, schedule -> schedule.rollBack(Direction.A_TO_B)));
            try (ImageCollector collector = new ImageCollector(kafka.connection(), TestKafka.OUTPUT);
                    ImagePublisher publisher =
                            new ImagePublisher(kafka.connection(), TestKafka.INPUT, TestKafka.MAX_IMAGE_BYTES)) {
                for (int index = 0; index < PROCESSES; index++) {
                    processes.add(start(kafka.connection()));
                }
                torment(kafka.connection(), collector, publisher, new ArrayList<>(steps));
                for (ApplicationProcess process : processes) {
                    process.awaitSaying("running: ", Duration.ofSeconds(60));
                    assertThat(process.terminate(Duration.ofSeconds(60)))
                            .as(process.said())
                            .isZero();
                }
                collector.poll(Duration.ofSeconds(2), images::add);
            } finally {
                processes.forEach(ApplicationProcess::close);
            }
            assertEachOnceAndInOrder();
            assertMadeAsRecorded(kafka.connection());
            assertMadeAgain(kafka.connection());
        }
    }

    private Split start(
            Schedule schedule,
            Map<Character, NamedCheckpoint> checkpoints,
            char running,
            char candidate,
            double share) {
        return schedule.start(
                Direction.A_TO_B,
                () -> checkpoints.get(running),
                checkpoints.get(candidate),
                new Trial(share, false),
                "salt of " + candidate);
    }

    private void torment(
            KafkaConnection connection, ImageCollector collector, ImagePublisher publisher, List<Step> steps)
            throws Exception {
        ScheduleTopic schedule = new ScheduleTopic(connection, APPLICATION);
        long end = System.nanoTime() + PATIENCE.toNanos();
        long nextKill = System.nanoTime() + 2 * BETWEEN_KILLS.toNanos();
        long announced = 0;
        boolean settled = false;
        while (!settled || images.size() < Math.max(sent, IMAGES)) {
            assertThat(System.nanoTime())
                    .as("%d of %d images, the last steps are %s", images.size(), sent, steps)
                    .isLessThan(end);
            int next = images.size() + AHEAD;
            publish(publisher, settled ? Math.min(Math.max(sent, IMAGES), next) : next);
            collector.poll(POLL, images::add);
            settled = steps.isEmpty() && isSeen(announced);
            if (!steps.isEmpty() && isDue(steps.get(0), announced)) {
                Step step = steps.remove(0);
                announced = schedule.announce(step.action(), "tester@here", step.next())
                        .number();
            }
            if (System.nanoTime() > nextKill) {
                int victim = random.nextInt(PROCESSES);
                processes.get(victim).kill();
                processes.set(victim, start(connection));
                nextKill = System.nanoTime() + BETWEEN_KILLS.toNanos();
            }
            for (int index = 0; index < PROCESSES; index++) {
                assertThat(processes.get(index).isAlive())
                        .as(processes.get(index).said())
                        .isTrue();
            }
        }
        assertThat(steps).isEmpty();
        assertThat(started).isGreaterThan(PROCESSES);
    }

    private boolean isDue(Step step, long announced) {
        return images.size() >= step.share() * IMAGES && (step.action() == Action.ROLL_BACK || isSeen(announced));
    }

    /** True if a result was made by this split, or none was announced. */
    private boolean isSeen(long split) {
        return split == 0
                || images.stream()
                        .map(image -> image.provenance().orElseThrow().getSplit())
                        .anyMatch(made -> made != null && made == split);
    }

    private void publish(ImagePublisher publisher, int to) {
        for (; sent < to; sent++) {
            byte[] image = TestImages.encode(32, sent, ImageFormat.PNG);
            publisher.send(TestImages.event("image-" + sent, image));
        }
        publisher.flush();
    }

    private ApplicationProcess start(KafkaConnection connection) throws IOException {
        return start(connection, "run", "--a-to-b", folder.resolve("a.onnx").toString(), "--threads", "2");
    }

    private ApplicationProcess start(KafkaConnection connection, String... command) throws IOException {
        started++;
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of(
                "--bootstrap-servers",
                connection.bootstrapServers(),
                "--schema-registry",
                connection.schemaRegistry(),
                "--application-id",
                APPLICATION,
                "--max-side",
                "64",
                "--max-image-bytes",
                TestKafka.MAX_IMAGE_BYTES_OPTION));
        return ApplicationProcess.start(folder.resolve(started + ".log"), arguments);
    }

    /** A replay by the record makes every image again, byte for byte, and so does whoever verifies them. */
    private void assertMadeAgain(KafkaConnection connection) throws Exception {
        try (ApplicationProcess replay = start(connection, "replay", "--as-scheduled", "--topic", TestKafka.INPUT)) {
            assertThat(replay.exitCode(PATIENCE)).as(replay.said()).isZero();
        }
        List<CollectedImage> again = new ArrayList<>();
        try (ImageCollector collector = new ImageCollector(connection, TestKafka.INPUT + "-replay-as-scheduled")) {
            collector.collect(new ImageCollector.End(sent, Duration.ofSeconds(5)), again::add);
        }
        assertThat(sha256s(again)).isEqualTo(sha256s(images));
        try (ApplicationProcess verify = start(connection, "verify", "--topic", TestKafka.OUTPUT)) {
            assertThat(verify.exitCode(PATIENCE)).as(verify.said()).isZero();
            assertThat(verify.said())
                    .contains("%d outputs checked, %d equal, 0 differ, 0 not checked".formatted(sent, sent));
        }
    }

    /** By image, what it is and what made it. */
    private static Map<String, String> sha256s(List<CollectedImage> images) {
        Map<String, String> sha256s = new HashMap<>();
        for (CollectedImage image : images) {
            Provenance by = image.provenance().orElseThrow();
            sha256s.put(
                    image.imageId(),
                    "%s %s %s %s"
                            .formatted(
                                    DigestUtils.sha256Hex(image.toBytes()),
                                    by.getCheckpointSha256(),
                                    by.getSplit(),
                                    by.getRole()));
        }
        return sha256s;
    }

    private void assertEachOnceAndInOrder() {
        assertThat(images)
                .extracting(CollectedImage::imageId)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, sent)
                        .mapToObj(index -> "image-" + index)
                        .toList());
        Map<Integer, Long> latest = new HashMap<>();
        for (CollectedImage image : images) {
            Provenance made = image.provenance().orElseThrow();
            assertThat(made.getSourceOffset()).isGreaterThan(latest.getOrDefault(made.getSourcePartition(), -1L));
            latest.put(made.getSourcePartition(), made.getSourceOffset());
        }
        assertThat(latest).hasSize(PARTITIONS);
    }

    private void assertMadeAsRecorded(KafkaConnection connection) {
        Schedule schedule = new ScheduleTopic(connection, APPLICATION).read();
        assertThat(schedule.announcements()).hasSize(5);
        String topicId;
        try (Topics topics = new Topics(connection)) {
            topicId = topics.id(TestKafka.INPUT);
        }
        Map<Integer, Activations> activations = new HashMap<>();
        List<Activation> all;
        try (ActivationsTopic topic = new ActivationsTopic(connection, APPLICATION)) {
            all = topic.all();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                activations.put(partition, topic.of(new TopicPartition(TestKafka.INPUT, partition), topicId));
            }
        }
        assertThat(all)
                .allSatisfy(activation -> assertThat(activation.topicId()).isEqualTo(topicId));
        Set<Long> seen = new HashSet<>();
        for (CollectedImage image : images) {
            Provenance made = image.provenance().orElseThrow();
            Long recorded = activations.get(made.getSourcePartition()).at(made.getSourceOffset()).stream()
                    .boxed()
                    .findFirst()
                    .orElse(null);
            assertThat(made.getSplit()).as(image.imageId()).isEqualTo(recorded);
            if (recorded == null) {
                assertThat(made.getCheckpointName()).isEqualTo("a.onnx");
                assertThat(made.getRole()).isNull();
            } else {
                seen.add(recorded);
                Split split = schedule.split(recorded).orElseThrow();
                var role = split.role(image.imageId().getBytes(StandardCharsets.UTF_8));
                assertThat(made.getRole()).isEqualTo(role.toString());
                assertThat(made.getCheckpointSha256())
                        .isEqualTo(split.checkpoint(role).sha256());
            }
        }
        assertThat(seen).contains(1L, 2L, 3L, 5L); // the roll-back may come before anyone works by what it takes back
        assertThat(all).extracting(Activation::split).containsAll(seen);
    }
}
