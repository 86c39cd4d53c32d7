package dev.cyclestream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.event.Direction;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.rollout.Announcement.Action;
import dev.cyclestream.rollout.InstancesTopic;
import dev.cyclestream.rollout.NamedCheckpoint;
import dev.cyclestream.rollout.RolloutTopics;
import dev.cyclestream.rollout.Schedule.Trial;
import dev.cyclestream.rollout.ScheduleTopic;
import dev.cyclestream.rollout.live.Variants;
import dev.cyclestream.storage.ImageStores;
import dev.cyclestream.stream.ApplicationProcess;
import dev.cyclestream.stream.TestImages;
import dev.cyclestream.topic.CollectedImage;
import dev.cyclestream.topic.ImageCollector;
import dev.cyclestream.topic.ImagePublisher;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An application that has translated images by a checkpoint, then by two with a share and a shadow, then by the second one; it has
 * ended, and more images wait. Every other image is a JPEG in its record, the rest are stored.
 */
final class RolledOut implements AutoCloseable {

    static final String APPLICATION = "live";
    static final String SHADOW = TestKafka.OUTPUT + ".shadow";
    static final int PARTITIONS = 2;
    static final int EACH = 16;
    static final int IMAGES = 3 * EACH;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path folder;
    private final TestKafka kafka;
    private final Map<Character, NamedCheckpoint> checkpoints;
    private int published;

    private RolledOut(Path folder) throws IOException {
        this.folder = folder;
        checkpoints = Variants.write(folder, 'a', 'b');
        Files.createDirectory(store());
        kafka = TestKafka.start(PARTITIONS);
    }

    static RolledOut start(Path folder) throws Exception {
        RolledOut rolledOut = new RolledOut(folder);
        try {
            rolledOut.translate();
            return rolledOut;
        } catch (Exception | AssertionError e) {
            rolledOut.close();
            throw e;
        }
    }

    private void translate() throws Exception {
        try (Topics topics = new Topics(connection())) {
            topics.createMissing(List.of(SHADOW), Optional.of(PARTITIONS), 2 * TestKafka.MAX_IMAGE_BYTES);
        }
        RolloutTopics.makeMissing(connection(), APPLICATION, PARTITIONS);
        ScheduleTopic schedule = new ScheduleTopic(connection(), APPLICATION);
        try (ApplicationProcess process = ApplicationProcess.start(folder.resolve("run.log"), run());
                ImagePublisher publisher =
                        new ImagePublisher(connection(), TestKafka.INPUT, TestKafka.MAX_IMAGE_BYTES);
                ImageCollector collector = new ImageCollector(connection(), TestKafka.OUTPUT, stores())) {
            awaitTranslated(publisher, collector);
            schedule.announce(
                    Action.START,
                    "tester@here",
                    before -> before.start(
                            Direction.A_TO_B,
                            () -> checkpoints.get('a'),
                            checkpoints.get('b'),
                            new Trial(0.5, true),
                            "salt"));
            awaitAvailable(1);
            awaitTranslated(publisher, collector);
            schedule.announce(Action.PROMOTE, "tester@here", before -> before.promote(Direction.A_TO_B));
            awaitAvailable(2);
            awaitTranslated(publisher, collector);
            assertThat(process.terminate(PATIENCE)).as(process.said()).isZero();
            publish(publisher);
        }
    }

    private List<String> run() {
        List<String> arguments = new ArrayList<>(List.of("run", "--a-to-b"));
        arguments.add(folder.resolve("a.onnx").toString());
        arguments.addAll(List.of("--application-id", APPLICATION, "--threads", "2"));
        arguments.addAll(common());
        return arguments;
    }

    private List<String> common() {
        return List.of(
                "--bootstrap-servers",
                connection().bootstrapServers(),
                "--schema-registry",
                connection().schemaRegistry(),
                "--max-side",
                "64",
                "--max-image-bytes",
                TestKafka.MAX_IMAGE_BYTES_OPTION,
                "--store-results",
                store().toUri().toString(),
                "--store-above",
                "2500B",
                "--image-root",
                store().toString());
    }

    private void publish(ImagePublisher publisher) {
        for (int end = published + EACH; published < end; published++) {
            ImageFormat format = published % 2 == 0 ? ImageFormat.PNG : ImageFormat.JPEG;
            publisher.send(TestImages.event(
                    "image-" + published, TestImages.encode(format == ImageFormat.PNG ? 48 : 16, published, format)));
        }
        publisher.flush();
    }

    private void awaitTranslated(ImagePublisher publisher, ImageCollector collector) throws IOException {
        publish(publisher);
        int[] seen = new int[1];
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (seen[0] < EACH) {
            assertThat(System.nanoTime()).as("%d images", seen[0]).isLessThan(end);
            collector.poll(Duration.ofMillis(100), image -> seen[0]++);
        }
    }

    private void awaitAvailable(long split) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (InstancesTopic instances = new InstancesTopic(connection(), APPLICATION)) {
            while (instances.read().values().stream()
                    .noneMatch(report -> report.available().getOrDefault(Direction.A_TO_B, 0L) >= split)) {
                assertThat(System.nanoTime()).as("split %d", split).isLessThan(end);
                Thread.sleep(200);
            }
        }
    }

    KafkaConnection connection() {
        return kafka.connection();
    }

    Path folder() {
        return folder;
    }

    Path store() {
        return folder.resolve("store");
    }

    NamedCheckpoint checkpoint(char letter) {
        return checkpoints.get(letter);
    }

    private ImageStores stores() {
        return new ImageStores(
                new ImageStores.Allowed(List.of(store()), List.of(), Optional.empty(), ""),
                TestKafka.MAX_IMAGE_BYTES,
                Optional.empty());
    }

    List<CollectedImage> images(String topic) throws IOException {
        List<CollectedImage> images = new ArrayList<>();
        try (ImageCollector collector = new ImageCollector(connection(), topic, stores())) {
            collector.collect(new ImageCollector.End(Long.MAX_VALUE, Duration.ofSeconds(2)), images::add);
        }
        return images;
    }

    /** Runs a command in this process, with the settings of the application for images; returns what it said. */
    String execute(int exitCode, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(common());
        return said(exitCode, all);
    }

    /** Starts a command in a process of its own, with the settings of the application for images. */
    ApplicationProcess process(String log, List<String> arguments) throws IOException {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(common());
        return ApplicationProcess.start(folder.resolve(log), all);
    }

    /** Runs a command that makes no images. */
    String executePlainly(int exitCode, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(common().subList(0, 4));
        all.addAll(List.of("--image-root", store().toString()));
        return said(exitCode, all);
    }

    private static String said(int exitCode, List<String> arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = System.out;
        PrintStream err = System.err;
        PrintStream all = new PrintStream(said, true, StandardCharsets.UTF_8);
        System.setOut(all);
        System.setErr(all);
        try {
            int found = CyclestreamApplication.commandLine().execute(arguments.toArray(String[]::new));
            assertThat(found).as(said.toString(StandardCharsets.UTF_8)).isEqualTo(exitCode);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        kafka.close();
    }
}
