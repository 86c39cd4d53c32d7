package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.kafka.CommittedReader;
import dev.cyclestream.kafka.TestKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Brokers, registry and disk that are away for a while, {@code -Dcyclestream.away=PT1M} for example: the instance says so to
 * those who ask, says little in its log, stays alive, and does everything afterwards.
 */
@Timeout(600)
class OutageIT {

    private static final Duration AWAY = Duration.parse(System.getProperty("cyclestream.away", "PT20S"));
    private static final Duration RED_WITHIN = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int MOST_LINES_A_MINUTE = 9;

    @TempDir
    private Path folder;

    private TestKafka kafka;
    private TestSender sender;
    private final List<String> sent = new ArrayList<>();
    private final List<String> came = new ArrayList<>();

    @BeforeEach
    void startKafka() throws IOException {
        kafka = TestKafka.start(2);
        sender = new TestSender(kafka);
    }

    @AfterEach
    void stopKafka() {
        kafka.close();
    }

    @Test
    void brokers() throws Exception {
        try (ApplicationProcess instance = start()) {
            send(6);
            await();
            outage(
                    instance,
                    () -> kafka.broker().stop(),
                    "the brokers have not said",
                    () -> kafka.broker().startAgain());
        }
    }

    @Test
    void registry() throws Exception {
        try (ApplicationProcess instance = start()) {
            send(6);
            await();
            outage(
                    instance,
                    () -> {
                        byte[] unseen = sender.eventOfANewerWriter();
                        kafka.registry().close();
                        sender.bytes(0, "cat", unseen);
                        sent.add("cat");
                    },
                    "waits for the schema registry",
                    () -> kafka.registry().restart());
        }
    }

    @Test
    void diskOfResults() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"));
                ApplicationProcess instance =
                        start("--store-results", disk.path().toUri().toString(), "--store-above", "1B")) {
            Path filler = disk.path().resolve("filler");
            send(2);
            await();
            outage(
                    instance,
                    () -> {
                        Files.write(filler, new byte[(int) disk.path().toFile().getUsableSpace()]);
                        send(2);
                    },
                    "No space left on device",
                    () -> {
                        assertThat(instance.ask("/metrics").body())
                                .containsPattern("cyclestream_consumer_lag_records\\{[^}]*} [1-9]")
                                .containsPattern("cyclestream_oldest_image_age_seconds\\{[^}]*} [1-9]");
                        Files.delete(filler);
                    });
        }
    }

    /** Something that is done to the world. */
    private interface Act {
        void take() throws Exception;
    }

    private void outage(ApplicationProcess instance, Act begin, String why, Act end) throws Exception {
        assertThat(instance.ask("/readyz").statusCode()).isEqualTo(200);
        long linesBefore = instance.said().lines().count();
        begin.take();
        long start = System.nanoTime();
        awaitReadiness(instance, 503, RED_WITHIN);
        Duration red = Duration.ofNanos(System.nanoTime() - start);
        awaitSaid(instance, why);
        while (System.nanoTime() - start < AWAY.toNanos()) {
            assertThat(instance.ask("/readyz").statusCode()).as(instance::said).isEqualTo(503);
            assertThat(instance.ask("/livez").statusCode()).isEqualTo(200);
            assertThat(instance.ask("/metrics").body()).contains("cyclestream_ready 0.0");
            Thread.sleep(1000);
        }
        long lines = instance.said().lines().count() - linesBefore;
        end.take();
        awaitReadiness(instance, 200, PATIENCE);
        send(6);
        await();
        assertThat(came).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(sent);
        System.out.printf("%s for %s: red after %s, %d lines of log%n", why, AWAY, red, lines);
        assertThat(lines).as(instance::said).isLessThanOrEqualTo(MOST_LINES_A_MINUTE * (AWAY.toSeconds() / 60 + 1));
        assertThat(instance.said()).doesNotContain("\tat "); // no trace of what is waited for
        assertThat(instance.terminate(PATIENCE)).as(instance::said).isZero();
    }

    private static void awaitReadiness(ApplicationProcess instance, int status, Duration patience) throws Exception {
        long end = System.nanoTime() + patience.toNanos();
        while (instance.ask("/readyz").statusCode() != status) {
            assertThat(System.nanoTime()).as(instance::said).isLessThan(end);
            Thread.sleep(200);
        }
    }

    private static void awaitSaid(ApplicationProcess instance, String why) throws Exception {
        long end = System.nanoTime() + RED_WITHIN.toNanos();
        String said = instance.ask("/readyz").body();
        while (!said.contains(why)) {
            assertThat(System.nanoTime()).as(said).isLessThan(end);
            Thread.sleep(200);
            said = instance.ask("/readyz").body();
        }
    }

    private ApplicationProcess start(String... more) throws Exception {
        List<String> arguments = RunArguments.of(
                kafka.connection(), DemoCheckpoint.file("a-to-b.onnx"), "--threads", "2", "--http-port", "0");
        arguments.addAll(List.of(more));
        ApplicationProcess instance = ApplicationProcess.start(folder.resolve("instance.log"), arguments);
        instance.awaitSaying("running: ", PATIENCE);
        return instance;
    }

    private void send(int count) throws Exception {
        for (int index = 0; index < count; index++) {
            String id = "picture-" + sent.size();
            sender.image(sent.size() % 2, id);
            sent.add(id);
        }
    }

    /** Waits for a result of everything that was sent, reading from the beginning. */
    private void await() throws Exception {
        came.clear();
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (CommittedReader reader = new CommittedReader(kafka.connection(), TestKafka.OUTPUT)) {
            while (came.size() < sent.size() && System.nanoTime() < end) {
                reader.poll(POLL).forEach(record -> came.add(new String(record.key(), StandardCharsets.UTF_8)));
            }
            reader.poll(POLL).forEach(record -> came.add(new String(record.key(), StandardCharsets.UTF_8)));
        }
    }
}
