package dev.cyclestream.bench;

import dev.cyclestream.demo.DemoPicture;
import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.topic.ImageCollector;
import dev.cyclestream.topic.ImagePublisher;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A measurement, run by hand: the processor time that {@code run} of different builds takes for an image, in alternation. The start is
 * left out: the clock runs between two counts of results. Arguments: rounds, then a jar for each build.
 */
final class RunCost {

    private static final int FROM = 400;
    private static final int TO = 2400;
    private static final double TICKS = 100; // of /proc, in a second

    private RunCost() {}

    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[0]);
        Map<String, List<Double>> costs = new TreeMap<>();
        for (int round = 0; round < rounds; round++) {
            for (String jar : Arrays.copyOfRange(arguments, 1, arguments.length)) {
                double cost = cost(jar);
                costs.computeIfAbsent(jar, key -> new ArrayList<>()).add(cost);
                System.out.printf("%s: %.3f ms an image%n", jar, cost);
            }
        }
        costs.forEach((jar, all) -> System.out.printf(
                "%s: median %.3f ms an image%n",
                jar, all.stream().sorted().toList().get(all.size() / 2)));
    }

    private static double cost(String jar) throws Exception {
        try (TestKafka kafka = TestKafka.start(4);
                ImageCollector collector = new ImageCollector(kafka.connection(), TestKafka.OUTPUT)) {
            publish(kafka.connection());
            Path log = Files.createTempFile("run-cost", ".log");
            Process process = new ProcessBuilder(
                            "java",
                            "-Xmx1g",
                            "-jar",
                            jar,
                            "run",
                            "--a-to-b",
                            DemoCheckpoint.file("a-to-b.onnx").toString(),
                            "--max-image-bytes",
                            TestKafka.MAX_IMAGE_BYTES_OPTION,
                            "--bootstrap-servers",
                            kafka.connection().bootstrapServers(),
                            "--schema-registry",
                            kafka.connection().schemaRegistry())
                    .redirectErrorStream(true)
                    .redirectOutput(new File(log.toString()))
                    .start();
            try {
                int[] count = {0};
                await(collector, count, FROM);
                int from = count[0];
                double begin = seconds(process.pid());
                await(collector, count, TO);
                return (seconds(process.pid()) - begin) * 1000 / (count[0] - from);
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private static void await(ImageCollector collector, int[] count, int end) throws IOException {
        while (count[0] < end) {
            collector.poll(Duration.ofMillis(20), image -> count[0]++);
        }
    }

    private static void publish(KafkaConnection connection) throws IOException {
        List<DemoPicture> pictures = DemoPicture.draw(100, 1);
        try (ImagePublisher publisher = new ImagePublisher(connection, TestKafka.INPUT, TestKafka.MAX_IMAGE_BYTES)) {
            for (int index = 0; index < TO + FROM; index++) {
                DemoPicture picture = pictures.get(index % pictures.size());
                publisher.send(DemoPicture.event(index + "-" + picture.id(), picture.encoded()));
            }
            publisher.flush();
        }
    }

    /** Processor time of a process so far: fields 14 and 15 of its stat, behind the name in brackets. */
    private static double seconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/%d/stat".formatted(pid)));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
    }
}
