package dev.cyclestream.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.event.Provenance;
import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.stream.ApplicationProcess;
import dev.cyclestream.topic.CollectedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;

/** What the commands say, and that their images are those of the live application. */
class ReplayCommandIT extends ReplayProcesses {

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
        assertLiveOutputIsRefused();
        List<String> replay = arguments("replay", "--from", "earliest", "--to", "latest");
        try (ApplicationProcess process = start("replay.log", replay)) {
            assertThat(process.exitCode(PATIENCE)).as(process.said()).isZero();
        }
        String output =
                TestKafka.INPUT + "-replay-" + DemoCheckpoint.aToB().sha256().substring(0, 8);
        Map<String, String> liveImages = sha256(images(TestKafka.OUTPUT));
        assertThat(liveImages).hasSize(40);
        assertThat(sha256(images(output))).isEqualTo(liveImages);
        List<String> shared = arguments("replay", "--name", "other", "--output-topic", output);
        try (ApplicationProcess process = start("shared.log", shared)) {
            assertThat(process.exitCode(PATIENCE)).as(process.said()).isZero();
        }
        assertThat(images(output)).hasSize(80);
    }

    private void assertLiveOutputIsRefused() throws Exception {
        List<String> wrong = arguments("replay", "--name", "wrong", "--output-topic", TestKafka.OUTPUT);
        try (ApplicationProcess process = start("wrong.log", wrong)) {
            assertThat(process.exitCode(PATIENCE)).as(process.said()).isEqualTo(2);
            assertThat(process.said())
                    .contains("--output-topic: expected a topic that holds images of replays only, found translated.b");
        }
        assertThat(images(TestKafka.OUTPUT)).hasSize(40);
        try (Topics topics = new Topics(connection)) {
            assertThat(topics.exists(new ReplayName("wrong").planTopic())).isFalse();
        }
    }

    @Test
    void stoppedByATermSignalItSaysThatItIsNotCompleteAndGoesOnLater() throws Exception {
        publish(60);
        try (ApplicationProcess slow =
                start("slow.log", arguments("replay", "--name", "spring", "--rate", "5", "--threads", "2"))) {
            slow.awaitSaying("replaying: ", PATIENCE);
            awaitImages(10);
            assertThat(slow.terminate(PATIENCE)).as(slow::said).isEqualTo(1);
            assertThat(slow.said())
                    .contains("replay spring is not complete: ")
                    .endsWith("this instance was told to stop; start it again to go on\n");
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
        assertReset();
    }

    private void assertReset() throws Exception {
        try (ApplicationProcess unasked = start("unasked.log", reset())) {
            assertThat(unasked.exitCode(PATIENCE)).as(unasked.said()).isEqualTo(2);
            assertThat(unasked.said())
                    .contains("group cyclestream-replay-spring", "topic " + outputTopic())
                    .contains("expected --yes, since there is no terminal to ask on");
        }
        try (ApplicationProcess agreed = start("agreed.log", reset("--yes"))) {
            assertThat(agreed.exitCode(PATIENCE)).as(agreed.said()).isZero();
            assertThat(agreed.said()).contains("removed what was left of replay spring");
        }
        try (ApplicationProcess again = start("nothing.log", reset("--yes"))) {
            assertThat(again.exitCode(PATIENCE)).as(again.said()).isZero();
            assertThat(again.said()).contains("nothing is left of a replay spring");
        }
    }

    private List<String> reset(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "reset",
                "--name",
                "spring",
                "--bootstrap-servers",
                connection.bootstrapServers(),
                "--schema-registry",
                connection.schemaRegistry()));
        arguments.addAll(List.of(more));
        return arguments;
    }

    /** By where they came from; each must be there once. */
    private static Map<String, String> sha256(List<CollectedImage> images) {
        Map<String, String> hashes = new TreeMap<>();
        for (CollectedImage image : images) {
            Provenance provenance = image.provenance().orElseThrow();
            String before = hashes.put(
                    provenance.getSourcePartition() + ":" + provenance.getSourceOffset(),
                    DigestUtils.sha256Hex(image.toBytes()));
            assertThat(before).isNull();
        }
        return hashes;
    }
}
