package dev.cyclestream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpairedSamplerTest {

    private static final Augmentation NONE = new Augmentation(16, 16, false);

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
        data = DataSet.open(root);
    }

    @Test
    void eachEpochShowsEveryImageOfTheLargerDomainOnce() throws IOException {
        UnpairedSampler sampler = new UnpairedSampler(data, NONE, new Seed(1));
        List<Integer> first = numbersOfA(sampler, 0, 7);
        List<Integer> second = numbersOfA(sampler, 7, 14);
        assertThat(first).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
        assertThat(second).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6).isNotEqualTo(first);
    }

    @Test
    void theOtherDomainIsDrawnAtRandom() throws IOException {
        UnpairedSampler sampler = new UnpairedSampler(data, NONE, new Seed(1));
        Set<List<Integer>> pairs = new HashSet<>();
        for (long step = 0; step < 70; step++) {
            UnpairedSampler.UnpairedImages images = sampler.images(step);
            pairs.add(List.of(number(images.a()), number(images.b())));
        }
        assertThat(pairs).hasSizeGreaterThan(20);
    }

    @Test
    void stepDependsOnSeedAndNumberOnly() throws IOException {
        UnpairedSampler straight = new UnpairedSampler(data, NONE, new Seed(9));
        List<Integer> all = numbersOfA(straight, 0, 20);
        UnpairedSampler resumed = new UnpairedSampler(data, NONE, new Seed(9));
        assertThat(numbersOfA(resumed, 13, 20)).isEqualTo(all.subList(13, 20));
    }

    private static List<Integer> numbersOfA(UnpairedSampler sampler, long from, long to) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        for (long step = from; step < to; step++) {
            numbers.add(number(sampler.images(step).a()));
        }
        return numbers;
    }

    private void write(String folder, int number) throws IOException {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 256; i++) {
            image.setRGB(i % 16, i / 16, new Color(number, number, number).getRGB());
        }
        PictureFile.writePng(root.resolve(folder).resolve(number + ".png"), image);
    }

    private static int number(Picture picture) {
        return picture.sample(8, 8, 0);
    }
}
