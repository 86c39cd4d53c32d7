package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.inference.TestTranslator;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.rollout.Announcement.Action;
import dev.cyclestream.rollout.NamedCheckpoint;
import dev.cyclestream.rollout.RolloutTopics;
import dev.cyclestream.rollout.Schedule.Trial;
import dev.cyclestream.rollout.ScheduleTopic;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each alert rule is raised by the fault that it is for, and by none of those before: a real Prometheus watches real instances.
 * Skipped where there is no Prometheus; {@code .ci/alerts} fetches one.
 */
@Timeout(900)
class AlertsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int PARTITIONS = 2;

    @TempDir
    private static Path folder;

    private static TestKafka kafka;
    private static PrometheusProcess prometheus;
    private static TestSender sender;
    private final List<ApplicationProcess> instances = new ArrayList<>();
    private final Set<String> raised = new HashSet<>();

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> program = PrometheusProcess.program();
        if (program.isEmpty()) {
            System.err.println("SKIPPED: tests of alert rules, since there is no Prometheus; .ci/alerts fetches one");
        }
        assumeTrue(program.isPresent());
        Path data = Path.of(System.getProperty("prometheus.folder", folder.toString()));
        Files.createDirectories(data);
        kafka = TestKafka.start(PARTITIONS);
        sender = new TestSender(kafka);
        prometheus = PrometheusProcess.start(program.get(), data);
    }

    @AfterAll
    static void stop() {
        if (prometheus != null) {
            prometheus.close();
            kafka.close();
        }
    }

    @Test
    void eachAlertIsRaisedByItsFault() throws Exception {
        try {
            ApplicationProcess instance = instance("first", DemoCheckpoint.file("a-to-b.onnx"));
            watch(instance);
            send(4);
            quiet();
            resultsThatCannotBeWritten(instance);
            brokersThatAreAway(instance);
            registryThatIsAway();
            moreThanCanBeDone();
            inputsThatAreNoImages();
            restarts(instance);
            checkpointsThatDiffer();
            checkpointThatCannotBeLoaded();
            recordsThatExpire();
            instanceThatIsKilled();
            assertThat(raised).containsExactlyInAnyOrderElementsOf(prometheus.known());
        } finally {
            instances.forEach(ApplicationProcess::close);
        }
    }

    private void resultsThatCannotBeWritten(ApplicationProcess instance) throws Exception {
        Path results = folder.resolve("results");
        Path away = folder.resolve("away");
        Files.move(results, away);
        Files.createFile(results); // in place of the folder
        send(1);
        raises("CyclestreamNotReady", "CyclestreamRetries", "CyclestreamStalled");
        assertThat(instance.ask("/readyz").body()).contains(results.toString());
        Files.delete(results);
        Files.move(away, results);
        quiet();
    }

    private void brokersThatAreAway(ApplicationProcess instance) throws Exception {
        kafka.broker().stop();
        raises("CyclestreamBrokersAway");
        kafka.broker().startAgain();
        awaitReady(instance);
        quiet();
    }

    private void registryThatIsAway() throws Exception {
        byte[] unseen = sender.eventOfANewerWriter();
        kafka.registry().close();
        sender.bytes(0, "cat", unseen);
        raises("CyclestreamRegistryAway");
        kafka.registry().restart();
        quiet();
    }

    /** A second is a minute here. */
    private void moreThanCanBeDone() throws Exception {
        sender.large(PARTITIONS, 750);
        raises("CyclestreamBehind");
        quiet();
    }

    private void inputsThatAreNoImages() throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!prometheus.firing().contains("CyclestreamDeadLetters")) {
            assertThat(System.nanoTime()).as("%s", prometheus.firing()).isLessThan(end);
            send(1);
            sender.bytes(0, "none", new byte[] {1, 2, 3});
            Thread.sleep(200);
        }
        raises("CyclestreamDeadLetters");
        quiet();
    }

    /** Others join and leave, as instances that crash and start again do. */
    private void restarts(ApplicationProcess instance) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!prometheus.firing().contains("CyclestreamRebalances")) {
            assertThat(System.nanoTime()).as(instance::said).isLessThan(end);
            joinAndLeave();
        }
        raises("CyclestreamRebalances");
        quiet();
    }

    private static void joinAndLeave() throws Exception {
        StreamSettings settings = new StreamSettings(
                "cyclestream", TestKafka.DEAD_LETTERS, 1, TestKafka.MAX_IMAGE_BYTES, StreamSettings.Tuning.DEFAULT);
        try (ImageTranslator translator = TestTranslator.quick();
                TranslationApplication application = TranslationApplication.of(
                        List.of(new Route(TestKafka.INPUT, TestKafka.OUTPUT, translator)),
                        settings,
                        kafka.connection())) {
            application.start();
            application.awaitRunning();
        }
    }

    private void checkpointsThatDiffer() throws Exception {
        ApplicationProcess other = instance("other", otherCheckpoint());
        watch(instances.get(0), other);
        raises("CyclestreamCheckpointsDiffer");
        watch(instances.get(0));
        assertThat(other.terminate(PATIENCE)).isZero();
        instances.remove(other);
        quiet();
    }

    private void checkpointThatCannotBeLoaded() throws Exception {
        RolloutTopics.makeMissing(kafka.connection(), "cyclestream", PARTITIONS);
        ScheduleTopic schedule = new ScheduleTopic(kafka.connection(), "cyclestream");
        NamedCheckpoint stable = NamedCheckpoint.of(DemoCheckpoint.aToB(), "file:///a-to-b.onnx");
        NamedCheckpoint gone = new NamedCheckpoint(
                "c".repeat(64), "gone.onnx", folder.resolve("gone.onnx").toUri().toString());
        schedule.announce(
                Action.START,
                "tester@here",
                before -> before.start(Direction.A_TO_B, () -> stable, gone, new Trial(0.5, false), "salt"));
        raises("CyclestreamCheckpointNotLoaded");
        schedule.announce(Action.ROLL_BACK, "tester@here", before -> before.rollBack(Direction.A_TO_B));
        quiet();
    }

    private void recordsThatExpire() throws Exception {
        ApplicationProcess first = instances.remove(0);
        assertThat(first.terminate(PATIENCE)).isZero();
        send(20);
        try (Admin admin = Admin.create(kafka.connection().clientSettings())) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                admin.deleteRecords(Map.of(
                                new TopicPartition(TestKafka.INPUT, partition), RecordsToDelete.beforeOffset(-1)))
                        .all()
                        .get();
            }
        }
        watch(instance("second", DemoCheckpoint.file("a-to-b.onnx")));
        raises("CyclestreamImagesExpired");
    }

    private void instanceThatIsKilled() throws Exception {
        instances.get(0).kill();
        raises("CyclestreamDown");
    }

    private void raises(String... alerts) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Set<String> missing = new TreeSet<>(List.of(alerts));
        while (!missing.isEmpty()) {
            assertThat(System.nanoTime())
                    .as("%s expected, %s found", missing, prometheus.firing())
                    .isLessThan(end);
            Thread.sleep(200);
            missing.removeAll(prometheus.firing());
        }
        assertThat(raised).as("raised by another fault before").doesNotContain(alerts);
        raised.addAll(List.of(alerts));
        System.out.println("raised: " + List.of(alerts));
    }

    private void quiet() throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!prometheus.firing().isEmpty()) {
            assertThat(System.nanoTime()).as("%s", prometheus.firing()).isLessThan(end);
            Thread.sleep(500);
        }
    }

    private static void awaitReady(ApplicationProcess instance) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (instance.ask("/readyz").statusCode() != 200) {
            assertThat(System.nanoTime()).as(instance::said).isLessThan(end);
            Thread.sleep(200);
        }
    }

    private static void watch(ApplicationProcess... watched) throws Exception {
        List<Integer> ports = new ArrayList<>();
        for (ApplicationProcess instance : watched) {
            ports.add(instance.operationsPort());
        }
        prometheus.watch(ports.toArray(Integer[]::new));
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (prometheus.count("up{job=\"cyclestream\"} == 1") != watched.length) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(200);
        }
    }

    /** The same generator in another file: one with a note more. */
    private static Path otherCheckpoint() throws IOException {
        byte[] note = {0x72, 9, 0x0a, 4, 'n', 'o', 't', 'e', 0x12, 1, 'x'}; // metadata_props of ModelProto
        Path other = folder.resolve("other.onnx");
        Files.copy(DemoCheckpoint.file("a-to-b.onnx"), other);
        Files.write(other, note, StandardOpenOption.APPEND);
        return other;
    }

    private void send(int count) throws Exception {
        for (int index = 0; index < count; index++) {
            sender.image(index % PARTITIONS, "picture-" + index);
        }
    }

    private ApplicationProcess instance(String name, Path checkpoint) throws Exception {
        Path results = folder.resolve("results");
        Files.createDirectories(results);
        ApplicationProcess instance = ApplicationProcess.start(
                folder.resolve(name + ".log"),
                RunArguments.of(
                        kafka.connection(),
                        checkpoint,
                        "--threads",
                        "1",
                        "--store-results",
                        URI.create(results.toUri() + "/").toString(),
                        "--store-above",
                        "1B",
                        "--http-port",
                        "0"));
        instances.add(instance);
        instance.awaitSaying("running: ", PATIENCE);
        return instance;
    }
}
