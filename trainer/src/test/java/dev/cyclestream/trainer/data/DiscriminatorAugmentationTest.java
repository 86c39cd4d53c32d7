package dev.cyclestream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.cyclestream.trainer.data.DiscriminatorAugmentation.Change;
import dev.cyclestream.trainer.pytorch.PyTorch;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiscriminatorAugmentationTest {

    private static final int SIZE = 16;

    private final NDManager manager = PyTorch.newManager();
    private final SplittableRandom random = new SplittableRandom(5);

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @Test
    void noChangeGivesTheVeryImages() {
        NDArray images = manager.ones(new Shape(2, 3, SIZE, SIZE));
        assertThat(DiscriminatorAugmentation.NONE.apply(images, random)).isSameAs(images);
    }

    @Test
    void translationMovesByAtMostAnEighthAndLeavesGrey() {
        // Every pixel of the image knows where it was; 0 appears only where nothing was.
        NDArray rows = manager.arange(1f, SIZE + 1).reshape(1, 1, SIZE, 1);
        NDArray image = rows.tile(new long[] {1, 3, 1, SIZE});
        boolean moved = false;
        for (int round = 0; round < 20; round++) {
            NDArray result = Change.TRANSLATION.apply(image, random);
            assertThat(result.getShape()).isEqualTo(image.getShape());
            float center = result.getFloat(0, 0, 8, 8);
            assertThat(center).isBetween(7f, 11f);
            float[] column = result.get(new NDIndex("0, 1, :, 8")).toFloatArray();
            for (int y = 0; y < SIZE; y++) {
                float source = center + y - 8;
                assertThat(column[y]).isEqualTo(source < 1 || source > SIZE ? 0 : source);
            }
            moved |= center != 9;
        }
        assertThat(moved).isTrue();
    }

    @Test
    void cutoutSetsAtMostAQuarterOfTheImageToGrey() {
        NDArray image = manager.ones(new Shape(1, 3, SIZE, SIZE));
        for (int round = 0; round < 20; round++) {
            float kept = Change.CUTOUT.apply(image, random).mean().getFloat();
            assertThat(kept).isBetween(0.75f, 0.95f);
        }
    }

    @Test
    void colorKeepsTheShapeOfAGreyRamp() {
        // Without colour there is nothing to saturate: what is left is a line with slope 0.5 to 1.5.
        NDArray ramp = manager.arange(0f, SIZE).div(SIZE).reshape(1, 1, 1, SIZE).tile(new long[] {1, 3, SIZE, 1});
        float[] row =
                Change.COLOR.apply(ramp, random).get(new NDIndex("0, 2, 3")).toFloatArray();
        float slope = (row[15] - row[0]) / 15 * SIZE;
        assertThat(slope).isBetween(0.5f, 1.5f);
        for (int x = 1; x < SIZE; x++) {
            assertThat(row[x] - row[x - 1]).isCloseTo(slope / SIZE, within(1e-5f));
        }
    }

    @Test
    void imagesOfABatchAreChangedEachOnItsOwnAndPassGradients() {
        NDArray images = manager.ones(new Shape(2, 3, SIZE, SIZE));
        images.setRequiresGradient(true);
        DiscriminatorAugmentation all = new DiscriminatorAugmentation(List.of(Change.values()));
        try (var collector = manager.getEngine().newGradientCollector()) {
            NDArray changed = all.apply(images, random);
            assertThat(changed.getShape()).isEqualTo(images.getShape());
            assertThat(changed.get(0).contentEquals(changed.get(1))).isFalse();
            collector.backward(changed.sum());
        }
        assertThat(images.getGradient().abs().sum().getFloat()).isPositive();
    }
}
