package dev.cyclestream.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cyclestream.comparison.measure.TestPictures;
import dev.cyclestream.comparison.pairing.SourcePartition;
import dev.cyclestream.comparison.pairing.SourcePosition;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.kafka.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many pairs in a process with 1 GiB of heap. {@code -Dcompare.pairs=200000} for how many; it says how long it took and how
 * much of the heap was used.
 */
class ComparisonSizeIT {

    private static final int PAIRS = Integer.getInteger("compare.pairs", 2000);
    private static final int PARTITIONS = 8;
    private static final int TRANSACTION = 5000;
    private static final int SIDE = 24;
    private static final String NEW = "translated.b.new";
    private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\(");

    @TempDir
    private Path folder;

    private final List<byte[]> images = IntStream.range(0, 64)
            .mapToObj(seed -> TestPictures.png(TestPictures.noise(6, 6, seed).resize(SIDE, SIDE)))
            .toList();

    @Test
    void memoryDoesNotGrowWithThePairs() throws Exception {
        try (TestKafka kafka = TestKafka.start(PARTITIONS)) {
            try (Topics topics = new Topics(kafka.connection())) {
                topics.createMissing(List.of(NEW), Optional.of(PARTITIONS), 1 << 20);
            }
            try (TestOutputs outputs = new TestOutputs(kafka.connection(), "size")) {
                write(outputs);
            }
            long start = System.nanoTime();
            compare(kafka);
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            JsonObject report = JsonParser.parseString(Files.readString(folder.resolve("report.json")))
                    .getAsJsonObject();
            assertThat(report.get("pairs").getAsInt()).isEqualTo(PAIRS);
            assertThat(report.getAsJsonObject("inputs").get("there").getAsInt()).isEqualTo(PAIRS);
            System.out.printf(
                    "compared %d pairs of %d px in %d s, with at most %s%n", PAIRS, SIDE, taken.toSeconds(), peak());
        }
    }

    private void write(TestOutputs outputs) throws Exception {
        for (int first = 0; first < PAIRS; first += TRANSACTION) {
            int end = Math.min(PAIRS, first + TRANSACTION);
            List<Future<RecordMetadata>> inputs = new ArrayList<>();
            outputs.begin();
            for (int number = first; number < end; number++) {
                inputs.add(outputs.input(TestKafka.INPUT, number % PARTITIONS, id(number), image(number)));
            }
            outputs.commit();
            outputs.begin();
            for (int number = first; number < end; number++) {
                RecordMetadata input = inputs.get(number - first).get();
                SourcePosition source = new SourcePosition(
                        new SourcePartition(TestKafka.INPUT, Optional.empty(), input.partition()), input.offset());
                var provenance = TestPictures.provenance(source, image(number));
                outputs.output(TestKafka.OUTPUT, input.partition(), id(number), image(number + 1), provenance);
                outputs.output(NEW, input.partition(), id(number), image(number + 1 + number % 5), provenance);
            }
            outputs.commit();
        }
    }

    private byte[] image(int number) {
        return images.get(number % images.size());
    }

    private static String id(int number) {
        return "image-%07d.png".formatted(number);
    }

    private void compare(TestKafka kafka) throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-Xlog:gc:file=" + folder.resolve("gc.log"),
                        "dev.cyclestream.cli.CyclestreamApplication",
                        "compare",
                        TestKafka.OUTPUT,
                        NEW,
                        "--bootstrap-servers",
                        kafka.connection().bootstrapServers(),
                        "--schema-registry",
                        kafka.connection().schemaRegistry(),
                        "--output",
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(1, TimeUnit.HOURS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private String peak() throws IOException {
        long before = 0;
        long after = 0;
        for (var collection : COLLECTION
                .matcher(Files.readString(folder.resolve("gc.log")))
                .results()
                .toList()) {
            before = Math.max(before, Long.parseLong(collection.group(1)));
            after = Math.max(after, Long.parseLong(collection.group(2)));
        }
        return "%d MiB of heap in use before a collection, %d MiB after one".formatted(before, after);
    }
}
