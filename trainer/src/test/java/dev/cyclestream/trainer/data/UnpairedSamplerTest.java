package dev.cyclestream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.picture.Picture;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpairedSamplerTest {

    private static final Augmentation NONE = Augmentation.none(16);

    @TempDir
    private Path root;

    private DataSet data;

    @BeforeEach
    void writeImagesThatTellTheirNumber() throws IOException {
        for (int number = 0; number < 7; number++) {
            write("trainA", number);
        }
        for (int number = 0; number < 5; number++) {
            write("trainB", number);
        }
        data = new DataSetFolder(root).openForTraining(NONE, 8, Integer.MAX_VALUE);
    }

    @Test
    void eachEpochShowsEveryImageOfTheLargerDomainOnce() throws IOException {
        UnpairedSampler sampler = new UnpairedSampler(data, 1, new Seed(1));
        List<Integer> first = numbersOfA(sampler, 0, 7);
        List<Integer> second = numbersOfA(sampler, 7, 14);
        assertThat(first).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
        assertThat(second).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6).isNotEqualTo(first);
    }

    @Test
    void theOtherDomainIsDrawnAtRandom() throws IOException {
        UnpairedSampler sampler = new UnpairedSampler(data, 1, new Seed(1));
        Set<List<Integer>> pairs = new HashSet<>();
        for (long step = 0; step < 70; step++) {
            UnpairedSampler.UnpairedImages images = sampler.images(step);
            pairs.add(List.of(number(images.a().get(0)), number(images.b().get(0))));
        }
        assertThat(pairs).hasSizeGreaterThan(20);
    }

    @Test
    void stepDependsOnSeedAndNumberOnly() throws IOException {
        UnpairedSampler straight = new UnpairedSampler(data, 1, new Seed(9));
        List<Integer> all = numbersOfA(straight, 0, 20);
        UnpairedSampler resumed = new UnpairedSampler(data, 1, new Seed(9));
        assertThat(numbersOfA(resumed, 13, 20)).isEqualTo(all.subList(13, 20));
    }

    @Test
    void batchOfTwoIsTwoStepsOfOne() throws IOException {
        UnpairedSampler single = new UnpairedSampler(data, 1, new Seed(9));
        UnpairedSampler pairs = new UnpairedSampler(data, 2, new Seed(9));
        for (long step = 0; step < 10; step++) {
            UnpairedSampler.UnpairedImages batch = pairs.images(step);
            assertThat(batch.a())
                    .containsExactly(
                            single.images(2 * step).a().get(0),
                            single.images(2 * step + 1).a().get(0));
            assertThat(batch.b())
                    .containsExactly(
                            single.images(2 * step).b().get(0),
                            single.images(2 * step + 1).b().get(0));
        }
    }

    @Test
    void prefetchingChangesNeitherOrderNorContent() throws IOException {
        UnpairedSampler straight = new UnpairedSampler(data, 1, new Seed(9));
        try (Prefetch ahead = new Prefetch(new UnpairedSampler(data, 1, new Seed(9)), 3, 4)) {
            for (long step = 3; step < 40; step++) {
                assertThat(ahead.next()).isEqualTo(straight.images(step));
            }
        }
    }

    @Test
    void picturesThatWereKeptAreNotReadAgain() throws IOException {
        List<Integer> before = numbersOfA(new UnpairedSampler(data, 1, new Seed(9)), 0, 7);
        damageAll();
        assertThat(numbersOfA(new UnpairedSampler(data, 1, new Seed(9)), 0, 7)).isEqualTo(before);
    }

    @Test
    void pictureThatIsDamagedWhileTrainingIsNamedByPrefetching() throws IOException {
        LoadedPictures noRoom = new LoadedPictures(NONE, 0);
        DataSet onDisk = new DataSet(root, NONE, data.trainA(), data.trainB(), List.of(), List.of(), List.of(), noRoom);
        damageAll();
        try (Prefetch ahead = new Prefetch(new UnpairedSampler(onDisk, 1, new Seed(9)), 0, 2)) {
            assertThatThrownBy(ahead::next)
                    .isInstanceOf(InvalidDataException.class)
                    .hasMessageContaining(".png: expected PNG, JPEG, WebP, GIF, BMP or TIFF, found 17 bytes");
        }
    }

    private void damageAll() throws IOException {
        for (Path file : data.trainA()) {
            Files.writeString(file, "no image any more");
        }
        for (Path file : data.trainB()) {
            Files.writeString(file, "no image any more");
        }
    }

    private static List<Integer> numbersOfA(UnpairedSampler sampler, long from, long to) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        for (long step = from; step < to; step++) {
            numbers.add(number(sampler.images(step).a().get(0)));
        }
        return numbers;
    }

    private void write(String folder, int number) throws IOException {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 256; i++) {
            image.setRGB(i % 16, i / 16, new Color(number, number, number).getRGB());
        }
        image.setRGB(0, 0, 0xFFFFFF);
        PictureFile.writePng(root.resolve(folder).resolve(number + ".png"), image);
    }

    private static int number(Picture picture) {
        return picture.sample(8, 8, 0);
    }
}
