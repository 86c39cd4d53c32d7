package dev.cyclestream.trainer.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cyclestream.trainer.network.ResnetGenerator;
import dev.cyclestream.trainer.onnx.CheckpointMetadata.Direction;
import dev.cyclestream.trainer.onnx.CheckpointWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checkpoints whose generators a run learns on from, in the place of fresh weights; its discriminators know nothing yet.
 *
 * @param folder that {@code export} wrote both directions to
 */
public record StartingPoint(Path folder) {

    /**
     * SHA-256 of both files, A to B first.
     *
     * @throws IllegalArgumentException if one is missing
     */
    public List<String> fingerprints() throws IOException {
        return List.of(Checksums.sha256(file(Direction.A_TO_B)), Checksums.sha256(file(Direction.B_TO_A)));
    }

    /**
     * Both generators' weights by the names of the networks.
     *
     * @throws IllegalArgumentException if a file is missing, is no checkpoint, or holds another generator
     */
    Map<String, Map<String, NDArray>> weights(ResnetGenerator generator, NDManager manager) throws IOException {
        Map<String, Map<String, NDArray>> weights = new LinkedHashMap<>();
        for (Direction direction : Direction.values()) {
            weights.put(
                    CycleGan.generatorName(direction),
                    CheckpointWeights.read(file(direction), direction, generator, manager));
        }
        return weights;
    }

    private Path file(Direction direction) {
        Path file = folder.resolve(direction.fileName());
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("%s: expected a checkpoint to start from, found none".formatted(file));
        }
        return file;
    }
}
