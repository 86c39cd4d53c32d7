package dev.cyclestream.rollout.live;

import dev.cyclestream.demo.DemoPicture;
import dev.cyclestream.event.Provenance;
import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.stream.ApplicationProcess;
import dev.cyclestream.topic.CollectedImage;
import dev.cyclestream.topic.ImageCollector;
import dev.cyclestream.topic.ImagePublisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A measurement, run by hand: the time from {@code rollout start} until the last partition works by the split, and the longest time
 * in which no result came, with the demo's generator and its pictures, under load. Arguments: images a second, processes.
 */
final class SwitchTimes {

    private static final int PARTITIONS = 12;
    private static final Duration BEFORE = Duration.ofSeconds(15);
    private static final Duration AFTER = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final double NANOS = 1e9;

    private final KafkaConnection connection;
    private final Path folder;
    private final double rate;
    private final List<DemoPicture> pictures = DemoPicture.draw(60, 1);
    private final Map<Integer, Long> switched = new TreeMap<>();
    private final Map<Integer, Long> last = new HashMap<>();
    private long received;
    private long longestGap;
    private long longestGapOfAPartition;
    private long lastOfAll;
    private int sent;

    private SwitchTimes(KafkaConnection connection, Path folder, double rate) {
        this.connection = connection;
        this.folder = folder;
        this.rate = rate;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("switch-times");
        try (TestKafka kafka = TestKafka.start(PARTITIONS)) {
            new SwitchTimes(kafka.connection(), folder, Double.parseDouble(arguments[0]))
                    .measure(Integer.parseInt(arguments[1]));
        }
    }

    private void measure(int processes) throws Exception {
        Path running = Files.copy(DemoCheckpoint.file("a-to-b.onnx"), folder.resolve("a-to-b.onnx"));
        Path candidate = Files.copy(running, folder.resolve("candidate.onnx"));
        Files.write(candidate, new byte[] {6 << 3 | 2, 1, 'x'}, StandardOpenOption.APPEND); // another description
        List<ApplicationProcess> instances = new ArrayList<>();
        try (ImageCollector collector = new ImageCollector(connection, TestKafka.OUTPUT);
                ImagePublisher publisher = new ImagePublisher(connection, TestKafka.INPUT, TestKafka.MAX_IMAGE_BYTES)) {
            for (int index = 0; index < processes; index++) {
                instances.add(
                        process("run" + index, "run", "--a-to-b", running.toString(), "--max-image-bytes", "1MiB"));
            }
            for (ApplicationProcess instance : instances) {
                instance.awaitSaying("running: ", PATIENCE);
            }
            stream(collector, publisher, BEFORE);
            longestGap = 0;
            longestGapOfAPartition = 0;
            long start = System.nanoTime();
            try (ApplicationProcess command = process(
                    "start",
                    "rollout",
                    "start",
                    "--direction",
                    "a-to-b",
                    "--checkpoint",
                    candidate.toUri().toString(),
                    "--share",
                    "100%")) {
                stream(collector, publisher, AFTER);
                System.out.println(command.said());
            }
            long end =
                    switched.values().stream().mapToLong(Long::longValue).max().orElse(0);
            System.out.printf(
                    "%d results; %d of %d partitions switched; the last %.2f s after the command began; longest time without a result %.2f s, in one partition %.2f s%n",
                    received,
                    switched.size(),
                    PARTITIONS,
                    (end - start) / NANOS,
                    longestGap / NANOS,
                    longestGapOfAPartition / NANOS);
        } finally {
            instances.forEach(ApplicationProcess::close);
        }
    }

    /** Sends at the rate, and looks at what comes back. */
    private void stream(ImageCollector collector, ImagePublisher publisher, Duration time) throws IOException {
        long begin = System.nanoTime();
        long before = sent;
        lastOfAll = begin;
        last.replaceAll((partition, at) -> begin);
        while (System.nanoTime() - begin < time.toNanos()) {
            long due = before + (long) ((System.nanoTime() - begin) / NANOS * rate);
            for (; sent < due; sent++) {
                DemoPicture picture = pictures.get(sent % pictures.size());
                publisher.send(DemoPicture.event(sent + "-" + picture.id(), picture.encoded()));
            }
            collector.poll(Duration.ofMillis(10), this::take);
        }
    }

    private void take(CollectedImage image) {
        long now = System.nanoTime();
        Provenance made = image.provenance().orElseThrow();
        received++;
        longestGap = Math.max(longestGap, now - lastOfAll);
        lastOfAll = now;
        longestGapOfAPartition =
                Math.max(longestGapOfAPartition, now - last.getOrDefault(made.getSourcePartition(), now));
        last.put(made.getSourcePartition(), now);
        if (made.getSplit() != null) {
            switched.putIfAbsent(made.getSourcePartition(), now);
        }
    }

    private ApplicationProcess process(String log, String... arguments) throws IOException {
        return ApplicationProcess.start(
                folder.resolve(log + ".log"),
                Stream.concat(
                                Stream.of(arguments),
                                Stream.of(
                                        "--bootstrap-servers",
                                        connection.bootstrapServers(),
                                        "--schema-registry",
                                        connection.schemaRegistry(),
                                        "--application-id",
                                        "switching"))
                        .toList());
    }
}
