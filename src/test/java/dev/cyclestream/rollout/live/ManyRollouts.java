package dev.cyclestream.rollout.live;

import dev.cyclestream.event.Direction;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.rollout.Announcement.Action;
import dev.cyclestream.rollout.InstanceReport;
import dev.cyclestream.rollout.InstancesTopic;
import dev.cyclestream.rollout.NamedCheckpoint;
import dev.cyclestream.rollout.RolloutTopics;
import dev.cyclestream.rollout.Schedule;
import dev.cyclestream.rollout.Schedule.Trial;
import dev.cyclestream.rollout.ScheduleTopic;
import dev.cyclestream.rollout.Split;
import dev.cyclestream.stream.ApplicationProcess;
import dev.cyclestream.stream.TestImages;
import dev.cyclestream.topic.ImageCollector;
import dev.cyclestream.topic.ImagePublisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A measurement, run by hand: the resident memory of an instance over many roll-outs of real checkpoints. Argument: how many. */
final class ManyRollouts {

    private static final String APPLICATION = "many";
    private static final int PARTITIONS = 4;
    private static final int IMAGES = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final KafkaConnection connection;
    private final ScheduleTopic schedule;
    private int images;

    private ManyRollouts(KafkaConnection connection) {
        this.connection = connection;
        this.schedule = new ScheduleTopic(connection, APPLICATION);
    }

    public static void main(String[] arguments) throws Exception {
        try (TestKafka kafka = TestKafka.start(PARTITIONS)) {
            new ManyRollouts(kafka.connection()).measure(Integer.parseInt(arguments[0]));
        }
    }

    private void measure(int rollouts) throws Exception {
        Path folder = Files.createTempDirectory("many-rollouts");
        Map<Character, NamedCheckpoint> checkpoints = Variants.write(folder, 'a', 'b');
        RolloutTopics.makeMissing(connection, APPLICATION, PARTITIONS);
        try (ApplicationProcess instance = ApplicationProcess.start(
                        folder.resolve("run.log"),
                        List.of(
                                "run",
                                "--a-to-b",
                                folder.resolve("a.onnx").toString(),
                                "--bootstrap-servers",
                                connection.bootstrapServers(),
                                "--schema-registry",
                                connection.schemaRegistry(),
                                "--application-id",
                                APPLICATION,
                                "--max-image-bytes",
                                TestKafka.MAX_IMAGE_BYTES_OPTION));
                ImageCollector collector = new ImageCollector(connection, TestKafka.OUTPUT);
                ImagePublisher publisher = new ImagePublisher(connection, TestKafka.INPUT, TestKafka.MAX_IMAGE_BYTES)) {
            instance.awaitSaying("running: ", PATIENCE);
            for (int rollout = 0; rollout < rollouts; rollout++) {
                NamedCheckpoint stable = checkpoints.get(rollout % 2 == 0 ? 'a' : 'b');
                NamedCheckpoint candidate = checkpoints.get(rollout % 2 == 0 ? 'b' : 'a');
                announce(
                        Action.START,
                        before ->
                                before.start(Direction.A_TO_B, () -> stable, candidate, new Trial(0.5, false), "salt"));
                translate(collector, publisher);
                announce(Action.PROMOTE, before -> before.promote(Direction.A_TO_B));
                translate(collector, publisher);
                if (rollout % 10 == 9 || rollout == 0) {
                    System.out.printf(
                            "%d roll-outs: %s, %s loaded%n",
                            rollout + 1,
                            resident(instance.pid()),
                            report().loaded().size());
                }
            }
        }
    }

    /** Announces a split, and waits until the instance could work by it. */
    private void announce(Action action, Function<Schedule, Split> next) throws InterruptedException {
        Split split = schedule.announce(action, "tester@here", next);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (report().available().getOrDefault(Direction.A_TO_B, 0L) < split.number()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("split %d is not available: %s".formatted(split.number(), report()));
            }
            Thread.sleep(50);
        }
    }

    private InstanceReport report() {
        try (InstancesTopic topic = new InstancesTopic(connection, APPLICATION)) {
            return topic.read().values().stream()
                    .findFirst()
                    .orElse(new InstanceReport("", "", Map.of(), Map.of(), Map.of(), Map.of(), Set.of(), Map.of()));
        }
    }

    private void translate(ImageCollector collector, ImagePublisher publisher) throws IOException {
        for (int index = 0; index < IMAGES; index++) {
            publisher.send(TestImages.event("image-" + images++, TestImages.encode(64, index, ImageFormat.PNG)));
        }
        publisher.flush();
        int[] back = {0};
        while (back[0] < IMAGES) {
            collector.poll(Duration.ofMillis(50), image -> back[0]++);
        }
    }

    private static String resident(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/%d/status".formatted(pid))).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .findFirst()
                .orElse("VmRSS unknown")
                .replaceAll("\\s+", " ");
    }
}
