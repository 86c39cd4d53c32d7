package dev.cyclestream.trainer.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cyclestream.trainer.network.Network;
import dev.cyclestream.trainer.network.PatchDiscriminator;
import dev.cyclestream.trainer.network.ResnetGenerator;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrainableNetworkTest {

    private final NDManager manager = PyTorch.newManager();

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @Test
    void generatorKeepsTheShapeOfItsImages() {
        try (TrainableNetwork generator = fresh(ResnetGenerator.ofPaper(4, 1).network())) {
            NDArray images = manager.ones(new Shape(2, 3, 24, 32));
            assertThat(generator.forward(images).getShape()).isEqualTo(new Shape(2, 3, 24, 32));
        }
    }

    @Test
    void discriminatorGivesThirtyByThirtyScoresFor256Pixels() {
        Network network = new PatchDiscriminator(2, PatchDiscriminator.PAPER_LAYERS).network();
        try (TrainableNetwork discriminator = fresh(network)) {
            NDArray images = manager.ones(new Shape(1, 3, 256, 256));
            assertThat(discriminator.forward(images).getShape()).isEqualTo(new Shape(1, 1, 30, 30));
        }
    }

    @Test
    void freshWeightsHaveTheDeviationOfThePaperAndBiasesAreZero() {
        try (TrainableNetwork generator = fresh(ResnetGenerator.ofPaper(16, 1).network())) {
            NDArray weight = generator.weights().get("conv_03.weight"); // 64 x 64 x 3 x 3 numbers
            float mean = weight.mean().getFloat();
            assertThat(mean).isBetween(-0.001f, 0.001f);
            assertThat(weight.sub(mean).square().mean().sqrt().getFloat()).isBetween(0.0195f, 0.0205f);
            assertThat(generator.weights().get("conv_03.bias").toFloatArray()).containsOnly(0f);
        }
    }

    @Test
    void weightsOfAnotherShapeAreRefusedByName() {
        Network network = ResnetGenerator.ofPaper(4, 1).network();
        Map<String, NDArray> weights = Map.of("conv_00.weight", manager.ones(new Shape(4, 3, 5, 5)));
        assertThatThrownBy(() -> TrainableNetwork.of(network, manager, weights))
                .hasMessage("conv_00.weight: expected shape (4, 3, 7, 7), found (4, 3, 5, 5)");
    }

    private TrainableNetwork fresh(Network network) {
        return TrainableNetwork.fresh(network, manager, new SplittableRandom(1));
    }
}
