package dev.cyclestream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cyclestream.trainer.pytorch.PyTorch;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ImagePoolTest {

    private final NDManager manager = PyTorch.newManager();
    private final SplittableRandom random = new SplittableRandom(5);

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @Test
    void poolOfZeroShowsEveryFakeAsItComes() {
        ImagePool pool = new ImagePool(0, manager);
        for (int step = 0; step < 20; step++) {
            assertThat(shown(pool, step)).isEqualTo(step);
        }
        assertThat(pool.images()).isEmpty();
    }

    @Test
    void everyFakeIsShownWhileThePoolFills() {
        ImagePool pool = new ImagePool(8, manager);
        for (int step = 0; step < 8; step++) {
            assertThat(shown(pool, step)).isEqualTo(step);
        }
        assertThat(pool.images()).hasSize(8);
    }

    @Test
    void fullPoolShowsAnOlderFakeAboutHalfOfTheTime() {
        ImagePool pool = new ImagePool(8, manager);
        int older = 0;
        Set<Integer> everShown = new HashSet<>();
        for (int step = 0; step < 1008; step++) {
            int shown = shown(pool, step);
            assertThat(shown).isLessThanOrEqualTo(step);
            if (step >= 8 && shown < step) {
                older++;
                assertThat(everShown.add(shown) || shown < 8)
                        .as("shown again later")
                        .isTrue();
            }
        }
        assertThat(older).isBetween(440, 560);
        assertThat(pool.images()).hasSize(8);
    }

    @Test
    void batchesAreExchangedImageByImage() {
        ImagePool pool = new ImagePool(2, manager);
        NDArray batch = manager.create(new float[] {1, 2, 3}, new Shape(3, 1, 1, 1));
        assertThat(pool.exchange(batch, random).getShape()).isEqualTo(new Shape(3, 1, 1, 1));
        assertThat(pool.images()).hasSize(2);
    }

    @Test
    void restoredPoolHoldsTheSameImages() {
        ImagePool pool = new ImagePool(3, manager);
        shown(pool, 4);
        shown(pool, 9);
        ImagePool restored = new ImagePool(3, manager);
        restored.restore(pool.images());
        pool.close();
        assertThat(restored.images()).extracting(NDArray::getFloat).containsExactly(4f, 9f);
    }

    private int shown(ImagePool pool, int value) {
        try (NDManager scope = manager.newSubManager()) {
            return (int) pool.exchange(scope.create(new float[] {value}, new Shape(1, 1, 1, 1)), random)
                    .getFloat();
        }
    }
}
