package dev.cyclestream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.picture.Picture;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AugmentationTest {

    @Test
    void cropsAndFlipsVary() {
        byte[] samples = new byte[20 * 20 * 3];
        new SplittableRandom(1).nextBytes(samples);
        Picture picture = new Picture(20, 20, samples);
        Augmentation augmentation = new Augmentation(Preprocessing.RESIZE_AND_CROP, 20, 16, true);
        Set<Picture> seen = new HashSet<>();
        for (int draw = 0; draw < 1000; draw++) {
            seen.add(augmentation.cut(augmentation.load(picture), new SplittableRandom(draw)));
        }
        assertThat(seen).hasSize(5 * 5 * 2).allMatch(image -> image.width() == 16 && image.height() == 16);
    }

    @Test
    void withoutFlipEveryImageIsACropOfThePicture() {
        byte[] samples = new byte[20 * 16 * 3];
        new SplittableRandom(1).nextBytes(samples);
        Augmentation augmentation = new Augmentation(Preprocessing.RESIZE_AND_CROP, 16, 16, false);
        Picture picture = new Picture(16, 16, java.util.Arrays.copyOf(samples, 16 * 16 * 3));
        for (int draw = 0; draw < 50; draw++) {
            assertThat(augmentation.cut(augmentation.load(picture), new SplittableRandom(draw)))
                    .isEqualTo(picture);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RESIZE_AND_CROP, 32, 32",
        "CROP, 32, 32",
        "SCALE_WIDTH, 40, 80",
        "SCALE_WIDTH_AND_CROP, 32, 32",
        "NONE, 60, 120",
    })
    void everyModeGivesTheSizeOfTheAuthorsCode(Preprocessing preprocessing, int width, int height) {
        Picture picture = new Picture(61, 121, new byte[61 * 121 * 3]);
        Augmentation augmentation = new Augmentation(preprocessing, 40, 32, true);
        Picture image = augmentation.cut(augmentation.load(picture), new SplittableRandom(1));
        assertThat(image.width()).isEqualTo(width);
        assertThat(image.height()).isEqualTo(height);
        assertThat(augmentation.withoutChance(picture).hasSizeOf(image)).isTrue();
    }

    @Test
    void scaledWidthIsNeverLowerThanTheCrop() {
        Picture flat = new Picture(100, 10, new byte[100 * 10 * 3]);
        Picture loaded = new Augmentation(Preprocessing.SCALE_WIDTH_AND_CROP, 40, 32, false).load(flat);
        assertThat(loaded.width()).isEqualTo(40);
        assertThat(loaded.height()).isEqualTo(32);
    }

    @Test
    void loadSizeHasThePapersProportion() {
        assertThat(Augmentation.loadSizeFor(256)).isEqualTo(286);
        assertThat(Augmentation.loadSizeFor(128)).isEqualTo(143);
    }

    @Test
    void smallPicturesAreNotCroppedByDefault() {
        assertThat(Augmentation.loadSizeFor(64)).isEqualTo(64);
    }

    @Test
    void sizesThatTheGeneratorDoesNotTakeAreRefused() {
        assertThatThrownBy(() -> new Augmentation(Preprocessing.RESIZE_AND_CROP, 70, 62, true))
                .hasMessage("size: expected a multiple of 4 from 16 up, found 62");
        assertThatThrownBy(() -> new Augmentation(Preprocessing.RESIZE_AND_CROP, 60, 64, true))
                .hasMessage("--load-size: expected at least --size, 64, found 60");
    }
}
