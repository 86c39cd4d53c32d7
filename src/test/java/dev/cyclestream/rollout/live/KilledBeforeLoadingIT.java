package dev.cyclestream.rollout.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.rollout.NamedCheckpoint;
import dev.cyclestream.rollout.Schedule.Trial;
import dev.cyclestream.stream.ApplicationProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed after a split was announced, and before it has loaded what that names. */
class KilledBeforeLoadingIT extends RolloutScene {

    @TempDir
    private Path folder;

    @Test
    void theNextProcessLoadsItAndNothingIsLost() throws Exception {
        Map<Character, NamedCheckpoint> checkpoints = Variants.write(folder, 'a', 'b');
        Path candidate = folder.resolve("b.onnx");
        Path away = Files.move(candidate, folder.resolve("away.onnx"));
        try (ApplicationProcess first = start("first")) {
            first.awaitSaying("running: ", PATIENCE);
            send("before", 0, 1, 2, 3);
            collect(output, 4);
            start(checkpoints.get('a'), checkpoints.get('b'), new Trial(1, false));
            first.awaitSaying("cannot be used, and the split before goes on: " + candidate.toUri(), PATIENCE);
            send("meanwhile", 0, 1, 2, 3);
            collect(output, 8);
            first.kill();
        }
        Files.move(away, candidate);
        try (ApplicationProcess second = start("second")) {
            second.awaitSaying("running: ", PATIENCE);
            send("after", 0, 1, 2, 3);
            List<Made> made = collect(output, 12);
            made.forEach(one -> assertThat(one.checkpoint())
                    .as(one.imageId())
                    .isEqualTo(one.imageId().startsWith("after") ? "b.onnx" : "a.onnx"));
            assertThat(second.terminate(PATIENCE)).as(second.said()).isZero();
        }
    }

    private ApplicationProcess start(String log) throws IOException {
        return ApplicationProcess.start(
                folder.resolve(log + ".log"),
                List.of(
                        "run",
                        "--bootstrap-servers",
                        connection.bootstrapServers(),
                        "--schema-registry",
                        connection.schemaRegistry(),
                        "--application-id",
                        application,
                        "--a-to-b",
                        folder.resolve("a.onnx").toString(),
                        "--images-a",
                        input,
                        "--translated-b",
                        output,
                        "--dead-letters",
                        deadLetters(),
                        "--max-side",
                        "64",
                        "--max-image-bytes",
                        "256KiB"));
    }
}
