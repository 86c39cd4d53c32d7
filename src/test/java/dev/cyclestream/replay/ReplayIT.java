package dev.cyclestream.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.event.Provenance;
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.stream.ApplicationProcess;
import dev.cyclestream.stream.CollectedImage;
import dev.cyclestream.stream.DeadLetterCollector;
import dev.cyclestream.stream.DeadLetterCollector.CollectedDeadLetter;
import dev.cyclestream.stream.ImageCollector;
import dev.cyclestream.stream.ImagePublisher;
import dev.cyclestream.stream.KafkaConnection;
import dev.cyclestream.stream.TestImages;
import dev.cyclestream.stream.TestKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes as users start them, against a real broker: two share a replay of a range of time on eight partitions while a
 * producer goes on writing, and one of them is killed half way.
 *
 * <p>{@code -Dreplay.images=4000} runs it at length.
 */
@Timeout(1800)
class ReplayIT {

    private static final int IMAGES = Integer.getInteger("replay.images", 300);
    private static final int BEFORE = 40;
    private static final int POISON_EVERY = 50;
    private static final int PARTITIONS = 8;
    private static final int[] SIDES = {32, 48, 64};
    private static final Duration PATIENCE = Duration.ofMinutes(IMAGES > 1000 ? 15 : 4);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final String LIVE_GROUP = "cyclestream";

    @TempDir
    private Path folder;

    private TestKafka kafka;
    private KafkaConnection connection;
    private final AtomicInteger published = new AtomicInteger();

    @BeforeEach
    void startKafka() throws Exception {
        kafka = TestKafka.start(PARTITIONS);
        connection = kafka.connection();
    }

    @AfterEach
    void stopKafka() {
        kafka.close();
    }

    @Test
    void rangeOfTimeIsReplayedOnceWhateverDies() throws Exception {
        publish(BEFORE);
        Instant from = nextInstant();
        publish(IMAGES);
        Instant to = nextInstant();
        setLivePositions();
        List<String> arguments = arguments(
                "replay", "--name", "spring", "--from", from.toString(), "--to", to.toString(), "--threads", "2");
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Void> producer = CompletableFuture.runAsync(() -> publishUntil(stop));
        try (ApplicationProcess first = start("first.log", arguments);
                ApplicationProcess second = start("second.log", arguments)) {
            awaitHalf(first, second);
            second.kill();
            try (ApplicationProcess again = start("again.log", arguments)) {
                assertThat(first.exitCode(PATIENCE)).as(first.said()).isZero();
                assertThat(again.exitCode(PATIENCE)).as(again.said()).isZero();
                assertThat(first.said()).contains("replay spring is complete: %d offsets".formatted(IMAGES));
                assertThat(again.said())
                        .contains("replay spring: joined")
                        .contains("replay spring is complete: %d offsets".formatted(IMAGES));
            }
        } finally {
            stop.set(true);
            producer.join();
        }
        try (ApplicationProcess third = start("third.log", arguments)) {
            assertThat(third.exitCode(PATIENCE)).as(third.said()).isZero();
            assertThat(third.said()).contains("replay spring is complete").doesNotContain("replaying: ");
        }
        assertEachOffsetOnce(from, to);
        assertLiveIsUntouched();
    }

    /** What lies in the range by its timestamp, as an image or as a dead letter, and nothing else. */
    private void assertEachOffsetOnce(Instant from, Instant to) throws Exception {
        List<String> expected = new ArrayList<>();
        List<String> beyond = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : all(TestKafka.INPUT)) {
            boolean inRange = record.timestamp() >= from.toEpochMilli() && record.timestamp() < to.toEpochMilli();
            (inRange ? expected : beyond)
                    .add(TestKafka.INPUT + " partition %d offset %d".formatted(record.partition(), record.offset()));
        }
        assertThat(expected).hasSize(IMAGES);
        assertThat(beyond).hasSizeGreaterThan(BEFORE);
        List<String> found = new ArrayList<>();
        for (CollectedImage image : images(outputTopic())) {
            Provenance provenance = image.provenance().orElseThrow();
            assertThat(provenance.getReplay()).isEqualTo("spring");
            found.add("%s partition %d offset %d"
                    .formatted(
                            provenance.getSourceTopic(),
                            provenance.getSourcePartition(),
                            provenance.getSourceOffset()));
        }
        List<CollectedDeadLetter> letters = new ArrayList<>();
        try (DeadLetterCollector collector =
                new DeadLetterCollector(connection, "cyclestream-replay-spring-dead-letters")) {
            collector.poll(Duration.ofSeconds(2), letters::add);
            collector.poll(Duration.ofSeconds(1), letters::add);
        }
        assertThat(letters).hasSizeBetween(IMAGES / POISON_EVERY - 1, IMAGES / POISON_EVERY + 1);
        letters.forEach(letter -> found.add(letter.source()));
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    private void setLivePositions() throws Exception {
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            positions.put(new TopicPartition(TestKafka.INPUT, partition), new OffsetAndMetadata(partition));
        }
        try (Admin admin = Admin.create(connection.clientSettings())) {
            admin.alterConsumerGroupOffsets(LIVE_GROUP, positions).all().get();
        }
    }

    private void assertLiveIsUntouched() throws Exception {
        try (Admin admin = Admin.create(connection.clientSettings())) {
            admin.listConsumerGroupOffsets(LIVE_GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> assertThat(offset.offset()).isEqualTo(partition.partition()));
        }
        assertThat(all(TestKafka.DEAD_LETTERS)).isEmpty();
        assertThat(all(TestKafka.OUTPUT)).isEmpty();
    }

    @Test
    void sameCheckpointGivesTheSameBytesAsLive() throws Exception {
        publish(40);
        List<String> live = arguments("run", "--a-to-b", checkpoint());
        try (ApplicationProcess process = start("live.log", live)) {
            process.awaitSaying("running: ", PATIENCE);
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (images(TestKafka.OUTPUT).size() < 40 && System.nanoTime() < end) {
                Thread.sleep(500);
            }
            assertThat(process.terminate(PATIENCE)).isZero();
        }
        List<String> replay = arguments("replay", "--from", "earliest", "--to", "latest");
        try (ApplicationProcess process = start("replay.log", replay)) {
            assertThat(process.exitCode(PATIENCE)).as(process.said()).isZero();
        }
        String output =
                TestKafka.INPUT + "-replay-" + DemoCheckpoint.aToB().sha256().substring(0, 8);
        Map<String, String> liveImages = sha256(images(TestKafka.OUTPUT));
        assertThat(liveImages).hasSize(40);
        assertThat(sha256(images(output))).isEqualTo(liveImages);
    }

    @Test
    void stoppedByATermSignalItSaysThatItIsNotCompleteAndGoesOnLater() throws Exception {
        publish(60);
        try (ApplicationProcess slow =
                start("slow.log", arguments("replay", "--name", "spring", "--rate", "5", "--threads", "2"))) {
            slow.awaitSaying("replaying: ", PATIENCE);
            awaitImages(10);
            assertThat(slow.terminate(PATIENCE)).as(slow.said()).isZero();
            assertThat(slow.said()).contains("replay spring is not complete: ").contains("start it again to go on");
        }
        assertThat(images(outputTopic())).hasSizeLessThan(55);
        try (ApplicationProcess again = start("again.log", arguments("replay", "--name", "spring"))) {
            assertThat(again.exitCode(PATIENCE)).as(again.said()).isZero();
        }
        assertThat(sha256(images(outputTopic()))).hasSize(59); // and a dead letter
        try (ApplicationProcess other = start("other.log", arguments("replay", "--name", "spring", "--from", "3"))) {
            assertThat(other.exitCode(PATIENCE)).as(other.said()).isEqualTo(2);
            assertThat(other.said()).contains("replay spring: --from: it is planned with earliest, found 3");
        }
    }

    private void awaitHalf(ApplicationProcess first, ApplicationProcess second) throws Exception {
        first.awaitSaying("replaying: ", PATIENCE);
        second.awaitSaying("replaying: ", PATIENCE);
        awaitImages(IMAGES / 2);
    }

    private void awaitImages(int count) throws Exception {
        int[] seen = new int[1];
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (ImageCollector collector = new ImageCollector(connection, outputTopic())) {
            while (seen[0] < count) {
                assertThat(System.nanoTime()).isLessThan(end);
                collector.poll(POLL, image -> seen[0]++);
            }
        }
    }

    private static String outputTopic() {
        return new ReplayName("spring")
                .outputTopic(TestKafka.INPUT, DemoCheckpoint.aToB().sha256());
    }

    private static String checkpoint() {
        return DemoCheckpoint.file("a-to-b.onnx").toString();
    }

    private List<String> arguments(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                command,
                "--bootstrap-servers",
                connection.bootstrapServers(),
                "--schema-registry",
                connection.schemaRegistry(),
                "--max-side",
                "128",
                "--max-image-bytes",
                TestKafka.MAX_IMAGE_BYTES_OPTION));
        if (command.equals("replay")) {
            arguments.addAll(List.of("--topic", TestKafka.INPUT, "--checkpoint", checkpoint()));
        }
        arguments.addAll(List.of(more));
        return arguments;
    }

    private ApplicationProcess start(String log, List<String> arguments) throws Exception {
        return ApplicationProcess.start(folder.resolve(log), arguments);
    }

    /** A time that lies between what was published and what will be. */
    private static Instant nextInstant() throws InterruptedException {
        Thread.sleep(20);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Thread.sleep(20);
        return now;
    }

    private void publishUntil(AtomicBoolean stop) {
        while (!stop.get()) {
            publish(5);
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void publish(int count) {
        byte[] text = "these bytes are no image".getBytes(StandardCharsets.UTF_8);
        try (ImagePublisher publisher = new ImagePublisher(connection, TestKafka.INPUT, TestKafka.MAX_IMAGE_BYTES)) {
            for (int sent = 0; sent < count; sent++) {
                int index = published.getAndIncrement();
                ImageFormat format = index % 2 == 0 ? ImageFormat.PNG : ImageFormat.JPEG;
                boolean poison = index % POISON_EVERY == POISON_EVERY - 1;
                byte[] image = poison ? text : TestImages.encode(SIDES[index % SIDES.length], index, format);
                publisher.send(TestImages.event("image-" + index, image));
            }
            publisher.flush();
        }
    }

    private List<CollectedImage> images(String topic) throws Exception {
        List<CollectedImage> images = new ArrayList<>();
        try (ImageCollector collector = new ImageCollector(connection, topic)) {
            collector.collect(new ImageCollector.End(Long.MAX_VALUE, Duration.ofSeconds(2)), images::add);
        }
        return images;
    }

    /** By where they came from; each must be there once. */
    private static Map<String, String> sha256(List<CollectedImage> images) {
        Map<String, String> hashes = new TreeMap<>();
        for (CollectedImage image : images) {
            Provenance provenance = image.provenance().orElseThrow();
            String before = hashes.put(
                    provenance.getSourcePartition() + ":" + provenance.getSourceOffset(),
                    org.apache.commons.codec.digest.DigestUtils.sha256Hex(image.toBytes()));
            assertThat(before).isNull();
        }
        return hashes;
    }

    private List<ConsumerRecord<byte[], byte[]>> all(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                connection.clientSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(POLL).forEach(records::add);
            }
        }
        return records;
    }
}
