package dev.cyclestream.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cyclestream.trainer.domain.Domain;
import dev.cyclestream.trainer.loss.LossTerms;
import dev.cyclestream.trainer.pytorch.PyTorch;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Learns from noise that has a border in domain A and none in B. */
class DomainClassificationTest {

    private final NDManager manager = PyTorch.newManager();
    private final DomainClassification classification = DomainClassification.fresh(TinySettings.SETTINGS, manager);
    private final Random random = new Random(5);

    @AfterEach
    void closeManager() {
        classification.close();
        manager.close();
    }

    @Test
    void fakeOfTheTargetDomainCostsLessThanOneOfTheOther() {
        double losses = learn(300);
        assertThat(losses).isLessThan(Math.log(2)); // one that guesses pays twice that
        double asB = cost(imageOfB(), Domain.B);
        double asA = cost(imageOfB(), Domain.A);
        assertThat(asB).isLessThan(asA);
        assertThat(cost(imageOfA(), Domain.A)).isLessThan(cost(imageOfA(), Domain.B));
    }

    @Test
    void fakeIsTaughtAndTheClassifierIsNot() {
        NDArray before = classification.classifier().parameters().get(0).duplicate();
        NDArray fake = imageOfA();
        fake.setRequiresGradient(true);
        try (var collector = manager.getEngine().newGradientCollector()) {
            collector.backward(LossTerms.classification(classification.scores(fake, random), Domain.B));
        }
        assertThat(fake.getGradient().abs().sum().getFloat()).isPositive();
        assertThat(classification.classifier().parameters().get(0)).isEqualTo(before);
        learn(1);
        assertThat(classification.classifier().parameters().get(0)).isNotEqualTo(before);
    }

    /** Mean of both losses together, of the last tenth of the steps. */
    private double learn(int steps) {
        double sum = 0;
        int counted = Math.max(1, steps / 10);
        for (int step = 0; step < steps; step++) {
            try (NDManager scope = manager.newSubManager()) {
                NDArray realA = imageOfA();
                NDArray realB = imageOfB();
                realA.attach(scope);
                realB.attach(scope);
                List<Double> losses = classification.learn(realA, realB, 2e-3, random);
                if (step >= steps - counted) {
                    sum += (losses.get(0) + losses.get(1)) / counted;
                }
            }
        }
        return sum;
    }

    private double cost(NDArray fake, Domain domain) {
        double cost = 0;
        for (int draw = 0; draw < 20; draw++) {
            NDArray paid = LossTerms.classification(classification.scores(fake, random), domain);
            cost += paid.toArray()[0].doubleValue() / 20;
        }
        return cost;
    }

    private NDArray imageOfA() {
        return image(4);
    }

    private NDArray imageOfB() {
        return image(0);
    }

    private NDArray image(int border) {
        int size = 32;
        float[] values = new float[3 * size * size];
        Arrays.fill(values, 1);
        for (int index = 0; index < values.length; index++) {
            int x = index % size;
            int y = index / size % size;
            if (Math.min(x, y) >= border && Math.max(x, y) < size - border) {
                values[index] = 2 * random.nextFloat() - 1;
            }
        }
        return manager.create(values, new Shape(1, 3, size, size));
    }
}
