package dev.cyclestream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cyclestream.picture.Picture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftRightBiasTest {

    private static final int SIDE = 33; // the middle column belongs to neither half

    @TempDir
    private Path folder;

    @Test
    void lightFromTheRightIsATrait() throws IOException {
        LeftRightBias bias = measure(40, 10);
        assertThat(bias.difference()).isCloseTo(10, within(3.0));
        assertThat(bias.standardError()).isBetween(0.1, 1.5);
        assertThat(bias.isTrait()).isTrue();
    }

    @Test
    void lightFromTheLeftIsOneWithTheOtherSign() throws IOException {
        LeftRightBias bias = measure(40, -10);
        assertThat(bias.difference()).isCloseTo(-10, within(3.0));
        assertThat(bias.isTrait()).isTrue();
    }

    @Test
    void chanceIsNone() throws IOException {
        assertThat(measure(40, 0).isTrait()).isFalse();
    }

    @Test
    void fewPicturesProveNothing() throws IOException {
        assertThat(measure(29, 40).isTrait()).isFalse();
    }

    @Test
    void picturesAreMeasuredAsTrainingSeesThem() throws IOException {
        List<Path> files = write(40, 40);
        LoadedPictures kept = loaded();
        for (Path file : files) {
            kept.offer(file, new Picture(SIDE, SIDE, new byte[SIDE * SIDE * 3]));
        }
        assertThat(LeftRightBias.of(files, kept).difference())
                .as("of what is kept, which is black throughout")
                .isZero();
    }

    private LeftRightBias measure(int count, int light) throws IOException {
        return LeftRightBias.of(write(count, light), loaded());
    }

    /** Of pictures as they are, which keeps none by itself. */
    private static LoadedPictures loaded() {
        return new LoadedPictures(new Augmentation(Preprocessing.CROP, 32, 32, true), LoadedPictures.MOST_BYTES);
    }

    /** Pictures whose halves differ by {@code light} on average, and by some 5 from picture to picture. */
    private List<Path> write(int count, int light) throws IOException {
        Random random = new Random(count + light);
        List<Path> files = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
            int left = 100 + (int) (5 * random.nextGaussian());
            for (int i = 0; i < SIDE * SIDE; i++) {
                int grey = i % SIDE < SIDE / 2 ? left : i % SIDE > SIDE / 2 ? 100 + light : 255;
                image.setRGB(i % SIDE, i / SIDE, grey << 16 | grey << 8 | grey);
            }
            Path file = folder.resolve(index + ".png");
            PictureFile.writePng(file, image);
            files.add(file);
        }
        return files;
    }
}
