package dev.cyclestream.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.cyclestream.trainer.data.DiscriminatorAugmentation;
import dev.cyclestream.trainer.data.ImagePool;
import dev.cyclestream.trainer.data.Seed;
import dev.cyclestream.trainer.domain.PerDomain;
import dev.cyclestream.trainer.loss.AdversarialLoss;
import dev.cyclestream.trainer.loss.LossTerms;
import dev.cyclestream.trainer.loss.Losses;
import dev.cyclestream.trainer.loss.Objective;
import dev.cyclestream.trainer.loss.PixelDistance;
import dev.cyclestream.trainer.loss.Weights;
import dev.cyclestream.trainer.pytorch.Adam;
import dev.cyclestream.trainer.pytorch.PyTorch;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TrainingStepTest {

    private static final Objective ROUGHNESS_OF_EACH_DOMAIN = new Objective(
            AdversarialLoss.LEAST_SQUARES,
            PixelDistance.L1,
            Weights.PAPER.with(LossTerms.TOTAL_VARIATION, new PerDomain<>(2.0, 3.0)),
            0);

    @Test
    void eachDomainsFakesPayForTheirOwnRoughness() {
        try (NDManager manager = PyTorch.newManager();
                CycleGan model = CycleGan.fresh(TinySettings.SETTINGS.architecture(), manager, new Seed(3));
                Optimizers optimizers = Optimizers.of(model, manager, Adam.Betas.ofPaper());
                ImagePool noFakes = new ImagePool(0, manager)) {
            NDArray realA = manager.randomUniform(-1, 0, new Shape(1, 3, 32, 32), DataType.FLOAT32);
            NDArray realB = manager.randomUniform(0, 1, new Shape(1, 3, 32, 32), DataType.FLOAT32);
            double roughnessOfFakeA = roughness(model.generatorBToA().forward(realB));
            double roughnessOfFakeB = roughness(model.generatorAToB().forward(realA));
            assertThat(roughnessOfFakeA).isNotCloseTo(roughnessOfFakeB, within(0.01 * roughnessOfFakeB));
            Losses losses = new TrainingStep(
                            model,
                            ROUGHNESS_OF_EACH_DOMAIN,
                            optimizers,
                            PerDomain.both(noFakes),
                            DiscriminatorAugmentation.NONE,
                            Optional.empty())
                    .run(realA, realB, 1e-4, new SplittableRandom(1));
            Map<String, Double> paid = losses.byName();
            assertThat(paid.get("total_variation_a")).isCloseTo(2 * roughnessOfFakeA, within(1e-4 * roughnessOfFakeA));
            assertThat(paid.get("total_variation_b")).isCloseTo(3 * roughnessOfFakeB, within(1e-4 * roughnessOfFakeB));
        }
    }

    /** Mean absolute difference of neighbours in rows plus that in columns, by another way than the objective's. */
    private static double roughness(NDArray image) {
        float[] values = image.toFloatArray();
        int side = (int) image.getShape().get(3);
        double rows = 0;
        double columns = 0;
        for (int index = 0; index < values.length; index++) {
            if (index % side > 0) {
                rows += Math.abs(values[index] - values[index - 1]);
            }
            if (index / side % side > 0) {
                columns += Math.abs(values[index] - values[index - side]);
            }
        }
        return (rows + columns) / (values.length / side * (side - 1));
    }
}
