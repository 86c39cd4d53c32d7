package dev.cyclestream.rollout.live;

import dev.cyclestream.demo.DemoPicture;
import dev.cyclestream.event.Provenance;
import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.rollout.ScheduleTopic;
import dev.cyclestream.stream.ApplicationProcess;
import dev.cyclestream.topic.CollectedImage;
import dev.cyclestream.topic.ImageCollector;
import dev.cyclestream.topic.ImagePublisher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/**
 * A measurement, run by hand: the times from a {@code rollout} command, and from its announcement, until the last partition works by
 * the split, and the longest time in which no result came, and the longest from an image to its result, with the demo's generator and its
 * pictures, under load. The first start makes the topics, the second finds them. Arguments: images a second, processes.
 */
final class SwitchTimes {

    private static final int PARTITIONS = 12;
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration AFTER = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;
    private static final String APPLICATION = "switching";

    private final KafkaConnection connection;
    private final Path folder;
    private final double rate;
    private final List<DemoPicture> pictures = DemoPicture.draw(60, 1);
    private final Map<Integer, Long> switched = new TreeMap<>();
    private final Map<String, Long> sentAt = new HashMap<>();
    private long received;
    private long longestGap;
    private long longestDelay;
    private long lastOfAll;
    private int sent;
    private int ids;
    private long split;

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
            stream(collector, publisher, WARM_UP);
            forget();
            stream(collector, publisher, AFTER);
            System.out.printf("nothing announced: %s%n", waits());
            announce(collector, publisher, start(candidate(running, 'x')));
            announce(collector, publisher, List.of("promote"));
            announce(collector, publisher, start(candidate(running, 'y')));
            for (ApplicationProcess instance : instances) {
                instance.said()
                        .lines()
                        .filter(line -> line.contains("split") || line.contains("is loaded"))
                        .forEach(System.out::println);
            }
        } finally {
            instances.forEach(ApplicationProcess::close);
        }
    }

    private static List<String> start(Path candidate) {
        return List.of("start", "--checkpoint", candidate.toUri().toString(), "--share", "100%");
    }

    /** The same generator with another hash. */
    private Path candidate(Path running, char description) throws IOException {
        Path candidate = Files.copy(running, folder.resolve(description + ".onnx"));
        byte[] field = {6 << 3 | 2, 1, (byte) description}; // another description
        return Files.write(candidate, field, StandardOpenOption.APPEND);
    }

    private void forget() {
        switched.clear();
        received = 0;
        longestGap = 0;
        longestDelay = 0;
    }

    private String waits() {
        return "%d results; longest time without a result %.2f s, longest from an image to its result %.2f s"
                .formatted(received, longestGap / NANOS, longestDelay / NANOS);
    }

    private void announce(ImageCollector collector, ImagePublisher publisher, List<String> step) throws IOException {
        forget();
        split++;
        long start = System.currentTimeMillis();
        List<String> command = new ArrayList<>(List.of("rollout"));
        command.addAll(step);
        command.addAll(List.of("--direction", "a-to-b"));
        try (ApplicationProcess process = process("step" + split, command.toArray(String[]::new))) {
            stream(collector, publisher, AFTER);
            System.out.println(process.said());
        }
        long end = switched.values().stream().mapToLong(Long::longValue).max().orElse(0);
        long announced = new ScheduleTopic(connection, APPLICATION)
                .read()
                .announcements()
                .get((int) split - 1)
                .at()
                .toEpochMilli();
        System.out.printf(
                "%s, announced at %s: %d of %d partitions switched, the last %.2f s after the command began, %.2f s after the announcement; %s%n",
                step.get(0),
                Instant.ofEpochMilli(announced),
                switched.size(),
                PARTITIONS,
                (end - start) / MILLIS,
                (end - announced) / MILLIS,
                waits());
    }

    /** Sends at the rate, and looks at what comes back. */
    private void stream(ImageCollector collector, ImagePublisher publisher, Duration time) throws IOException {
        long begin = System.nanoTime();
        long before = sent;
        lastOfAll = begin;
        while (System.nanoTime() - begin < time.toNanos()) {
            long due = before + (long) ((System.nanoTime() - begin) / NANOS * rate);
            for (; sent < due; sent++) {
                DemoPicture picture = pictures.get(sent % pictures.size());
                String id = idFor(sent % PARTITIONS);
                sentAt.put(id, System.nanoTime());
                publisher.send(DemoPicture.event(id, picture.encoded()));
            }
            collector.poll(Duration.ofMillis(10), this::take);
        }
    }

    /** A new image id whose key goes to this partition, so that each has an image every so many milliseconds. */
    private String idFor(int partition) {
        String id;
        do {
            id = "image-" + ids++;
        } while (BuiltInPartitioner.partitionForKey(id.getBytes(StandardCharsets.UTF_8), PARTITIONS) != partition);
        return id;
    }

    private void take(CollectedImage image) {
        long now = System.nanoTime();
        Provenance made = image.provenance().orElseThrow();
        received++;
        longestGap = Math.max(longestGap, now - lastOfAll);
        lastOfAll = now;
        longestDelay = Math.max(longestDelay, now - sentAt.remove(image.imageId()));
        if (made.getSplit() != null && made.getSplit() == split) {
            switched.putIfAbsent(made.getSourcePartition(), System.currentTimeMillis());
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
                                        APPLICATION))
                        .toList());
    }
}
