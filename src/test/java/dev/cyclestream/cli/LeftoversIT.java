package dev.cyclestream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.storage.ImageStores;
import dev.cyclestream.stream.ApplicationProcess;
import dev.cyclestream.stream.SmallDisk;
import dev.cyclestream.stream.TestImages;
import dev.cyclestream.topic.ImageCollector;
import dev.cyclestream.topic.ImagePublisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What processes leave on disks: nothing but what they were asked for, however they end and however full the disk is. */
@Timeout(600)
class LeftoversIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int IMAGES = 8;
    private static final String CHECKPOINT = DemoCheckpoint.file("a-to-b.onnx").toString();

    @TempDir
    private Path folder;

    private TestKafka kafka;
    private Path temporary;

    @BeforeEach
    void startKafka() throws Exception {
        kafka = TestKafka.start(1);
        temporary = Files.createDirectories(folder.resolve("tmp"));
    }

    @AfterEach
    void stopKafka() {
        kafka.close();
    }

    @Test
    void nativeLibrariesGoWithTheProcess() throws Exception {
        assertThat(ends("inspect", CHECKPOINT)).isZero();
        assertThat(temporary).isEmptyDirectory();
        try (ApplicationProcess running = start("running", run())) {
            running.awaitSaying("running: ", PATIENCE);
            List<Path> unpacked = list(temporary);
            assertThat(unpacked).hasSize(1);
            assertThat(list(unpacked.get(0))).hasSizeGreaterThan(1);
            assertThat(ends("inspect", CHECKPOINT)).isZero();
            assertThat(list(temporary)).isEqualTo(unpacked);
            assertThat(running.terminate(PATIENCE)).as(running::said).isZero();
            assertThat(temporary).isEmptyDirectory();
            assertThat(running.said().lines().reduce((before, line) -> line))
                    .hasValueSatisfying(line -> assertThat(line)
                            .endsWith("stopped, as it was told to, after 0 images were translated and committed"));
        }
        try (ApplicationProcess killed = start("killed", run("--application-id", "killed"))) {
            killed.awaitSaying("running: ", PATIENCE);
            killed.kill();
            assertThat(list(temporary)).hasSize(1);
        }
        assertThat(ends("inspect", CHECKPOINT)).isZero();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void fullDiskIsNamedInOneLine() throws Exception {
        publish();
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"))) {
            assertNamed(
                    disk, "collect", "--topic", TestKafka.INPUT, "--output", disk.path() + "/out", "--idle", "PT3S");
            Path pictures = Files.createDirectories(folder.resolve("pictures"));
            for (int index = 0; index < IMAGES; index++) {
                Files.write(pictures.resolve(index + ".png"), image(index));
            }
            assertNamed(
                    disk,
                    "translate",
                    pictures.toString(),
                    "--checkpoint",
                    CHECKPOINT,
                    "--output",
                    disk.path() + "/out");
        }
    }

    private void assertNamed(SmallDisk disk, String... arguments) throws Exception {
        try (ApplicationProcess process = start(arguments[0], List.of(arguments))) {
            assertThat(process.exitCode(PATIENCE)).as(process::said).isEqualTo(1);
            assertThat(process.said().lines().filter(line -> line.contains("No space left on device")))
                    .as(process::said)
                    .singleElement()
                    .asString()
                    .startsWith("cyclestream: " + disk.path() + "/out/")
                    .endsWith(": cannot be written: No space left on device");
            assertThat(process.said()).doesNotContain("\tat ");
        }
        assertThat(disk.files()).noneMatch(file -> file.toString().endsWith(".partial"));
        disk.clear();
    }

    @Test
    void streamWaitsForTheDiskAndLosesNothing() throws Exception {
        publish();
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"));
                ApplicationProcess process = start(
                        "store", run("--store-results", disk.path().toUri().toString(), "--store-above", "0B"))) {
            process.awaitSaying(": cannot be written: No space left on device", PATIENCE);
            Thread.sleep(10_000);
            assertThat(process.isAlive()).as(process::said).isTrue();
            assertThat(process.said().lines().filter(line -> line.contains("No space left")))
                    .hasSizeLessThan(10);
            assertThat(process.said()).doesNotContain("\tat ");
            assertThat(disk.files()).noneMatch(file -> file.toString().endsWith(".partial"));
            disk.grow();
            List<String> ids = new ArrayList<>();
            ImageStores stores = new ImageStores(
                    new ImageStores.Allowed(List.of(disk.path()), List.of(), Optional.empty(), ""),
                    1 << 20,
                    Optional.empty());
            try (ImageCollector collector = new ImageCollector(kafka.connection(), TestKafka.OUTPUT, stores)) {
                collector.collect(
                        new ImageCollector.End(IMAGES, Duration.ofMinutes(1)), image -> ids.add(image.imageId()));
                assertThat(collector.passedOver().count()).isZero();
            }
            assertThat(ids).hasSize(IMAGES).doesNotHaveDuplicates();
            assertThat(process.terminate(PATIENCE)).isZero();
            assertThat(process.said()).contains("after %d images were translated and committed".formatted(IMAGES));
        }
    }

    private void publish() {
        try (ImagePublisher publisher = new ImagePublisher(kafka.connection(), TestKafka.INPUT, 1 << 20)) {
            for (int index = 0; index < IMAGES; index++) {
                publisher.send(TestImages.event("image-" + index, image(index)));
            }
            publisher.flush();
        }
    }

    /** Noise, so that few of them fill the disk. */
    private static byte[] image(int index) {
        return TestImages.encode(96, index, ImageFormat.PNG);
    }

    private List<String> run(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "run", "--a-to-b", CHECKPOINT, "--max-side", "128", "--max-image-bytes", "1MiB", "--threads", "1"));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private int ends(String... arguments) throws Exception {
        try (ApplicationProcess process = start("ends", List.of(arguments))) {
            return process.exitCode(PATIENCE);
        }
    }

    private ApplicationProcess start(String log, List<String> arguments) throws Exception {
        List<String> all = new ArrayList<>(arguments);
        if (List.of("run", "collect").contains(arguments.get(0))) {
            all.addAll(List.of(
                    "--bootstrap-servers",
                    kafka.connection().bootstrapServers(),
                    "--schema-registry",
                    kafka.connection().schemaRegistry()));
        }
        return ApplicationProcess.start(
                folder.resolve(log + ".log"), List.of("-Xmx512m", "-Djava.io.tmpdir=" + temporary), all);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
