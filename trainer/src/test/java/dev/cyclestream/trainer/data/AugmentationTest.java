package dev.cyclestream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AugmentationTest {

    @Test
    void cropsAndFlipsVary() {
        byte[] samples = new byte[20 * 20 * 3];
        new SplittableRandom(1).nextBytes(samples);
        Picture picture = new Picture(20, 20, samples);
        Augmentation augmentation = new Augmentation(20, 16, true);
        Set<Picture> seen = new HashSet<>();
        for (int draw = 0; draw < 1000; draw++) {
            seen.add(augmentation.apply(picture, new SplittableRandom(draw)));
        }
        assertThat(seen).hasSize(5 * 5 * 2).allMatch(image -> image.width() == 16 && image.height() == 16);
    }

    @Test
    void withoutFlipEveryImageIsACropOfThePicture() {
        byte[] samples = new byte[20 * 16 * 3];
        new SplittableRandom(1).nextBytes(samples);
        Augmentation augmentation = new Augmentation(16, 16, false);
        Picture picture = new Picture(16, 16, java.util.Arrays.copyOf(samples, 16 * 16 * 3));
        for (int draw = 0; draw < 50; draw++) {
            assertThat(augmentation.apply(picture, new SplittableRandom(draw))).isEqualTo(picture);
        }
    }

    @Test
    void loadSizeHasThePapersProportion() {
        assertThat(Augmentation.loadSizeFor(256)).isEqualTo(286);
        assertThat(Augmentation.loadSizeFor(64)).isEqualTo(72);
    }

    @Test
    void sizesThatTheGeneratorDoesNotTakeAreRefused() {
        assertThatThrownBy(() -> new Augmentation(70, 62, true))
                .hasMessage("size: expected a multiple of 4 from 16 up, found 62");
        assertThatThrownBy(() -> new Augmentation(60, 64, true))
                .hasMessage("load size: expected at least the size, 64, found 60");
    }
}
