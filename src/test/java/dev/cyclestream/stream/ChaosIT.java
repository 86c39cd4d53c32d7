package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.deadletter.DeadLetterCollector;
import dev.cyclestream.deadletter.DeadLetterCollector.CollectedDeadLetter;
import dev.cyclestream.event.Provenance;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.inference.ImageTranslator.ImageCodec;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TestKafka;
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
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three processes share twelve partitions; one is killed every few seconds, the broker is restarted, and the registry goes
 * away for a while. Every image must still be translated once, as it would have been in peace.
 *
 * <p>{@code -Dchaos.images=5000} runs it at length.
 */
class ChaosIT {

    private static final int IMAGES = Integer.getInteger("chaos.images", 400);
    private static final int POISON_EVERY = 50;
    private static final int PARTITIONS = 12;
    private static final int PROCESSES = 3;
    private static final int[] SIDES = {32, 48, 64, 96};
    private static final Duration BETWEEN_KILLS = Duration.ofSeconds(8);
    private static final Duration WITHOUT_REGISTRY = Duration.ofSeconds(IMAGES > 1000 ? 20 : 5);
    private static final Duration PATIENCE = Duration.ofMinutes(IMAGES > 1000 ? 20 : 5);
    private static final Duration POLL = Duration.ofMillis(100);

    @TempDir
    private Path folder;

    private final Random random = new Random(1);
    private final List<ApplicationProcess> processes = new ArrayList<>();
    private final Map<String, byte[]> good = new HashMap<>();
    private final Set<String> poison = new HashSet<>();
    private int started;

    @Test
    void nothingIsLostOrDoubledWhateverDies() throws Exception {
        try (TestKafka kafka = TestKafka.start(PARTITIONS)) {
            publish(kafka.connection());
            List<CollectedImage> images = new ArrayList<>();
            List<CollectedDeadLetter> letters = new ArrayList<>();
            try (ImageCollector collector = new ImageCollector(kafka.connection(), TestKafka.OUTPUT);
                    DeadLetterCollector deadLetters =
                            new DeadLetterCollector(kafka.connection(), TestKafka.DEAD_LETTERS)) {
                for (int index = 0; index < PROCESSES; index++) {
                    processes.add(start(kafka.connection()));
                }
                torment(kafka, collector, images, deadLetters, letters);
                for (ApplicationProcess process : processes) {
                    process.awaitSaying("running: ", Duration.ofSeconds(60)); // earlier, there is nothing to finish
                    assertThat(process.terminate(Duration.ofSeconds(60)))
                            .as(process.said())
                            .isZero();
                }
                collector.poll(Duration.ofSeconds(2), images::add);
                deadLetters.poll(Duration.ofSeconds(2), letters::add);
            } finally {
                processes.forEach(ApplicationProcess::close);
            }
            assertEachOnceInOrderAndAsInPeace(images);
            assertThat(letters).extracting(CollectedDeadLetter::key).containsExactlyInAnyOrderElementsOf(poison);
        }
    }

    private void torment(
            TestKafka kafka,
            ImageCollector collector,
            List<CollectedImage> images,
            DeadLetterCollector deadLetters,
            List<CollectedDeadLetter> letters)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long nextKill = System.nanoTime() + 2 * BETWEEN_KILLS.toNanos();
        boolean brokerRestarted = false;
        boolean registryWasAway = false;
        while (images.size() < good.size() || letters.size() < poison.size()) {
            assertThat(System.nanoTime())
                    .as("%d of %d images, %d dead letters", images.size(), good.size(), letters.size())
                    .isLessThan(end);
            collector.poll(POLL, images::add);
            deadLetters.poll(POLL, letters::add);
            if (System.nanoTime() > nextKill) {
                int victim = random.nextInt(PROCESSES);
                processes.get(victim).kill();
                processes.set(victim, start(kafka.connection()));
                nextKill = System.nanoTime() + BETWEEN_KILLS.toNanos();
            }
            for (int index = 0; index < PROCESSES; index++) {
                if (!processes.get(index).isAlive()) { // a supervisor would start it again
                    assertThat(processes.get(index).exitCode(Duration.ZERO))
                            .as(processes.get(index).said())
                            .isEqualTo(1); // the world broke, not the set-up
                    processes.set(index, start(kafka.connection()));
                }
            }
            if (!brokerRestarted && images.size() > good.size() / 3) {
                kafka.broker().restart();
                brokerRestarted = true;
            }
            if (!registryWasAway && images.size() > good.size() / 2) {
                kafka.registry().close();
                processes.get(0).kill(); // so that someone has to ask
                processes.set(0, start(kafka.connection()));
                Thread.sleep(WITHOUT_REGISTRY.toMillis());
                kafka.registry().restart();
                registryWasAway = true;
            }
        }
        assertThat(brokerRestarted && registryWasAway).isTrue();
        assertThat(started).isGreaterThan(PROCESSES + 1);
    }

    private ApplicationProcess start(KafkaConnection connection) throws IOException {
        started++;
        return ApplicationProcess.start(
                folder.resolve(started + ".log"),
                List.of(
                        "run",
                        "--bootstrap-servers",
                        connection.bootstrapServers(),
                        "--schema-registry",
                        connection.schemaRegistry(),
                        "--a-to-b",
                        DemoCheckpoint.file("a-to-b.onnx").toString(),
                        "--no-create-topics",
                        "--max-side",
                        "128",
                        "--max-image-bytes",
                        TestKafka.MAX_IMAGE_BYTES_OPTION,
                        "--threads",
                        "2"));
    }

    private void publish(KafkaConnection connection) {
        byte[] text = "these bytes are no image".getBytes(StandardCharsets.UTF_8);
        try (ImagePublisher publisher = new ImagePublisher(connection, TestKafka.INPUT, TestKafka.MAX_IMAGE_BYTES)) {
            for (int index = 0; index < IMAGES; index++) {
                String id = "image-" + index;
                if (index % POISON_EVERY == POISON_EVERY - 1) {
                    poison.add(id);
                    publisher.send(TestImages.event(id, text));
                } else {
                    ImageFormat format = index % 2 == 0 ? ImageFormat.PNG : ImageFormat.JPEG;
                    byte[] image = TestImages.encode(SIDES[index % SIDES.length], index, format);
                    good.put(id, image);
                    publisher.send(TestImages.event(id, image));
                }
            }
            publisher.flush();
        }
    }

    private void assertEachOnceInOrderAndAsInPeace(List<CollectedImage> images) {
        assertThat(images).extracting(CollectedImage::imageId).containsExactlyInAnyOrderElementsOf(good.keySet());
        Map<Integer, Long> latest = new HashMap<>();
        try (ImageTranslator inPeace = ImageTranslator.load(DemoCheckpoint.aToB(), ImageCodec.standard())) {
            for (CollectedImage image : images) {
                Provenance provenance = image.provenance().orElseThrow();
                assertThat(provenance.getSourceOffset())
                        .isGreaterThan(latest.getOrDefault(provenance.getSourcePartition(), -1L));
                latest.put(provenance.getSourcePartition(), provenance.getSourceOffset());
                byte[] expected = inPeace.translate(good.get(image.imageId())).toBytes();
                assertThat(DigestUtils.sha256Hex(image.toBytes()))
                        .as(image.imageId())
                        .isEqualTo(DigestUtils.sha256Hex(expected));
            }
        }
        assertThat(latest).hasSize(PARTITIONS);
    }
}
