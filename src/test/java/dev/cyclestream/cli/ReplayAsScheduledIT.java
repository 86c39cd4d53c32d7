package dev.cyclestream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.event.Provenance;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.rollout.Activation;
import dev.cyclestream.rollout.ActivationsTopic;
import dev.cyclestream.stream.ApplicationProcess;
import dev.cyclestream.topic.CollectedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A range that several checkpoints made is made again by the same ones. */
@Timeout(400)
class ReplayAsScheduledIT {

    private static final String OUTPUT = TestKafka.INPUT + "-replay-as-scheduled";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private static Path folder;

    private static RolledOut live;

    /** The part of an output that a replay must give again. */
    private record Made(String sha256, String checkpoint, String name, Long split, String role) {
        static Made of(CollectedImage image) {
            Provenance by = image.provenance().orElseThrow();
            return new Made(
                    DigestUtils.sha256Hex(image.toBytes()),
                    by.getCheckpointSha256(),
                    by.getCheckpointName(),
                    by.getSplit(),
                    by.getRole());
        }
    }

    @BeforeAll
    static void translate() throws Exception {
        live = RolledOut.start(folder);
    }

    @AfterAll
    static void stopKafka() {
        live.close();
    }

    /** By where they came from; each is there once. */
    private static Map<String, Made> made(String topic) throws IOException {
        Map<String, Made> made = new TreeMap<>();
        for (CollectedImage image : live.images(topic)) {
            Provenance by = image.provenance().orElseThrow();
            String source = by.getSourcePartition() + ":" + by.getSourceOffset();
            assertThat(made.put(source, Made.of(image))).as(source).isNull();
        }
        return made;
    }

    private static List<String> command(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("replay", "--topic", TestKafka.INPUT, "--as-scheduled", "--application-id"));
        arguments.add(RolledOut.APPLICATION);
        arguments.addAll(List.of(more));
        return arguments;
    }

    private static String replay(int exitCode, String... more) {
        return live.execute(exitCode, command(more).toArray(String[]::new));
    }

    @Test
    void allThatWasDoneIsMadeAgainByteForByteByWhatMadeIt() throws Exception {
        Map<String, Made> liveOutput = made(TestKafka.OUTPUT);
        assertThat(liveOutput).hasSize(RolledOut.IMAGES);
        assertThat(liveOutput.values().stream()
                        .map(made -> made.name() + " " + made.split() + " " + made.role())
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "a.onnx null null", "a.onnx 1 stable", "b.onnx 1 candidate", "b.onnx 2 stable");
        assertThat(replay(0)).contains("replay images.a-as-scheduled is complete: ");
        assertThat(made(OUTPUT)).isEqualTo(liveOutput);
        assertThat(live.images(OUTPUT))
                .allSatisfy(image ->
                        assertThat(image.provenance().orElseThrow().getReplay()).isEqualTo("images.a-as-scheduled"));
        assertThat(live.images(RolledOut.SHADOW)).isNotEmpty();
        assertThat(live.executePlainly(
                        0,
                        "compare",
                        TestKafka.OUTPUT,
                        OUTPUT,
                        "--output",
                        folder.resolve("compared").toString(),
                        "--fail-below",
                        "identical-share=1,pairs=" + RolledOut.IMAGES))
                .contains("verdict: passed");
        assertThat(replay(0)).contains("replay images.a-as-scheduled is complete: ");
        assertThat(live.images(OUTPUT)).hasSize(RolledOut.IMAGES);
    }

    @Test
    void instancesOfOneReplayShareIt() throws Exception {
        try (ApplicationProcess one = live.process("one.log", command("--name", "shared"));
                ApplicationProcess other = live.process("other.log", command("--name", "shared"))) {
            assertThat(one.exitCode(PATIENCE)).as(one.said()).isZero();
            assertThat(other.exitCode(PATIENCE)).as(other.said()).isZero();
        }
        assertThat(made(OUTPUT + "-shared")).isEqualTo(made(TestKafka.OUTPUT)).hasSize(RolledOut.IMAGES);
    }

    @Test
    void checkpointsThatDidNotMakeTheRangeMayBeGone() throws Exception {
        String from = activations(2);
        Path first = folder.resolve("a.onnx");
        Path away = Files.move(first, folder.resolve("away.onnx"));
        try {
            assertThat(replay(0, "--name", "late", "--from", from)).contains("replay late is complete: ");
            assertThat(replay(2, "--name", "early")).contains("a.onnx: expected a file, found none");
        } finally {
            Files.move(away, first);
        }
        Map<String, Made> liveOutput = made(TestKafka.OUTPUT);
        liveOutput.values().removeIf(made -> !Optional.of(2L).equals(Optional.ofNullable(made.split())));
        assertThat(made(OUTPUT + "-late")).isEqualTo(liveOutput).hasSize(RolledOut.EACH);
    }

    /** The offsets from which a split holds, as an edge. */
    private static String activations(long split) {
        try (ActivationsTopic activations = new ActivationsTopic(live.connection(), RolledOut.APPLICATION)) {
            return activations.all().stream()
                    .filter(activation -> activation.split() == split)
                    .sorted(Comparator.comparing(Activation::partition))
                    .map(activation -> activation.partition() + ":" + activation.offset())
                    .collect(Collectors.joining(","));
        }
    }

    @Test
    void rangeThatTheApplicationHasNotDoneIsRefused() {
        assertThat(replay(2, "--name", "all", "--to", "latest"))
                .contains("--from, --to: expected a range of what application live has done, found offsets up to ")
                .hasLineCount(1);
        assertThat(live.execute(2, "replay", "--topic", TestKafka.INPUT, "--as-scheduled", "--application-id", "other"))
                .contains("--as-scheduled: expected an application with roll-outs, found none of other");
        assertThat(replay(2, "--name", "back", "--direction", "B_TO_A"))
                .contains("--direction: expected the one in which images.a was translated, of [A_TO_B], found B_TO_A");
        try (Topics topics = new Topics(live.connection())) {
            assertThat(topics.exists("cyclestream-replay-all-plan")).isFalse();
        }
    }
}
