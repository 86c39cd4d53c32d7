package dev.cyclestream.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.cyclestream.trainer.data.DiscriminatorAugmentation;
import dev.cyclestream.trainer.data.ImagePool;
import dev.cyclestream.trainer.domain.PerDomain;
import dev.cyclestream.trainer.loss.Losses;
import dev.cyclestream.trainer.loss.Objective;
import dev.cyclestream.trainer.pytorch.Adam;
import dev.cyclestream.trainer.pytorch.PyTorch;
import dev.cyclestream.trainer.pytorch.TrainableNetwork;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds networks, gradients and training against what PyTorch computed, see {@link GoldenFixture}. */
class GoldenFixtureTest {

    private static final double LEARNING_RATE = 2e-4;
    private static final List<String> NETWORKS = List.of("g_ab", "g_ba", "d_a", "d_b");

    private final GoldenFixture fixture = GoldenFixture.open();
    private NDManager manager;

    @BeforeEach
    void openManager() {
        manager = PyTorch.newManager();
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @Test
    void outputsInFloat64AreThoseOfPyTorch() {
        assertOutputs(DataType.FLOAT64, 1e-7);
    }

    @Test
    void outputsInFloat32AreThoseOfPyTorch() {
        assertOutputs(DataType.FLOAT32, 1e-4);
    }

    @Test
    void gradientsOfTheFirstStepAreThoseOfPyTorch() {
        try (Training training = new Training()) {
            training.step(0);
            // Adam's first moment after one step is the gradient times (1 - beta 1).
            Map<String, List<NDArray>> gradients = training.firstMoments();
            for (String name : NETWORKS) {
                List<NDArray> expected =
                        List.copyOf(fixture.arrays(name + ".gradient", manager).values());
                double norm = norm(expected);
                assertThat(norm).isPositive();
                List<NDArray> found =
                        gradients.get(name).stream().map(m -> m.div(1 - 0.5)).toList();
                assertThat(distance(found, expected)).as(name).isLessThan(1e-6 * norm);
            }
        }
    }

    @Test
    void lossesAndWeightsOfTwentyStepsAreThoseOfPyTorch() {
        try (Training training = new Training()) {
            List<Map<String, Double>> expected = fixture.losses();
            for (int step = 0; step < expected.size(); step++) {
                Map<String, Double> found = training.step(step).byName();
                assertThat(found.keySet())
                        .containsExactlyElementsOf(expected.get(step).keySet());
                for (Map.Entry<String, Double> term : expected.get(step).entrySet()) {
                    assertThat(found.get(term.getKey()))
                            .as("%s of step %d", term.getKey(), step)
                            .isCloseTo(term.getValue(), Percentage.withPercentage(1e-4));
                }
            }
            Map<String, List<NDArray>> weights = training.copyOfWeights();
            for (String name : NETWORKS) {
                List<NDArray> after =
                        List.copyOf(fixture.arrays(name + ".after", manager).values());
                for (int index = 0; index < after.size(); index++) {
                    NDArray difference = weights.get(name)
                            .get(index)
                            .sub(after.get(index))
                            .abs()
                            .max();
                    assertThat(difference.getDouble())
                            .as("%s, array %d", name, index)
                            .isLessThan(1e-6);
                }
            }
        }
    }

    private void assertOutputs(DataType type, double tolerance) {
        try (CycleGan model = fixture.model(manager, type)) {
            Map<String, NDArray> forward = fixture.arrays("forward", manager);
            NDArray x = forward.get("x").toType(type, true);
            Map<String, TrainableNetwork> outputs = new LinkedHashMap<>();
            outputs.put("g_ab", model.generatorAToB());
            outputs.put("d_a", model.discriminatorA());
            outputs.forEach((name, network) -> {
                NDArray found = network.forward(x).toType(DataType.FLOAT64, true);
                assertThat(found.getShape()).isEqualTo(forward.get(name).getShape());
                double difference = found.sub(forward.get(name)).abs().max().getDouble();
                assertThat(difference).as(name).isCloseTo(0, within(tolerance));
            });
        }
    }

    private static double norm(List<NDArray> arrays) {
        return Math.sqrt(arrays.stream()
                .mapToDouble(array -> array.square().sum().getDouble())
                .sum());
    }

    private static double distance(List<NDArray> left, List<NDArray> right) {
        assertThat(left).hasSameSizeAs(right);
        double sum = 0;
        for (int index = 0; index < left.size(); index++) {
            sum += left.get(index).sub(right.get(index)).square().sum().getDouble();
        }
        return Math.sqrt(sum);
    }

    /** Training in float64 from the fixture's weights on the fixture's batches, without a pool. */
    private final class Training implements AutoCloseable {
        private final CycleGan model = fixture.model(manager, DataType.FLOAT64);
        private final Optimizers optimizers = Optimizers.of(model, manager, Adam.Betas.ofPaper());
        private final ImagePool noFakes = new ImagePool(0, manager);
        private final TrainingStep step = new TrainingStep(
                model,
                Objective.ofPaper(),
                optimizers,
                PerDomain.both(noFakes),
                DiscriminatorAugmentation.NONE,
                Optional.empty());
        private final Map<String, NDArray> batches = fixture.arrays("batches", manager);

        private Losses step(int index) {
            try (NDManager scope = manager.newSubManager()) {
                NDArray realA = batches.get("real_a").get(index);
                NDArray realB = batches.get("real_b").get(index);
                realA.attach(scope);
                realB.attach(scope);
                return step.run(realA, realB, LEARNING_RATE, null);
            }
        }

        private Map<String, List<NDArray>> copyOfWeights() {
            Map<String, List<NDArray>> weights = new LinkedHashMap<>();
            model.networks()
                    .forEach((name, network) -> weights.put(
                            name,
                            network.parameters().stream()
                                    .map(NDArray::duplicate)
                                    .toList()));
            return weights;
        }

        private Map<String, List<NDArray>> firstMoments() {
            List<NDArray> generators = optimizers.generators().moments();
            List<NDArray> discriminators = optimizers.discriminators().moments();
            int g = model.generatorAToB().parameters().size();
            int d = model.discriminatorA().parameters().size();
            return Map.of(
                    "g_ab", generators.subList(0, g),
                    "g_ba", generators.subList(g, 2 * g),
                    "d_a", discriminators.subList(0, d),
                    "d_b", discriminators.subList(d, 2 * d));
        }

        @Override
        public void close() {
            noFakes.close();
            optimizers.close();
            model.close();
        }
    }
}
