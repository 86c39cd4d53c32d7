package dev.cyclestream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.checkpoint.SelfTest;
import dev.cyclestream.image.RgbImage;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxGeneratorIT {

    private static final Checkpoint CHECKPOINT = DemoCheckpoint.aToB();
    private static final OnnxGenerator GENERATOR = OnnxGenerator.load(CHECKPOINT);

    @AfterAll
    static void closeGenerator() {
        GENERATOR.close();
    }

    @Test
    void bothCheckpointsPassTheirSelfTest() {
        for (Checkpoint checkpoint : List.of(DemoCheckpoint.aToB(), DemoCheckpoint.bToA())) {
            try (Generator generator = OnnxGenerator.load(checkpoint)) {
                int difference = checkpoint.metadata().selfTest().largestDifference(image -> one(generator, image));
                assertThat(difference).isLessThanOrEqualTo(SelfTest.TOLERANCE);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"16, 16", "61, 87", "87, 61", "64, 17", "18, 130"})
    void translationHasTheSizeOfTheImage(int width, int height) {
        RgbImage image = noise(width, height, 1);
        RgbImage translated = one(GENERATOR, image);
        assertThat(translated.width()).isEqualTo(width);
        assertThat(translated.height()).isEqualTo(height);
        assertThat(translated).isNotEqualTo(image);
    }

    @Test
    void batchGivesWhatSinglesGive() {
        List<RgbImage> images = List.of(noise(40, 24, 1), noise(40, 24, 2), noise(40, 24, 3));
        List<RgbImage> batch = GENERATOR.translate(images);
        for (int index = 0; index < images.size(); index++) {
            assertThat(batch.get(index).largestDifference(one(GENERATOR, images.get(index))))
                    .isLessThanOrEqualTo(SelfTest.TOLERANCE);
        }
    }

    @Test
    void manyThreadsGetWhatOneGets() {
        List<RgbImage> images =
                IntStream.range(0, 40).mapToObj(seed -> noise(32, 32, seed)).toList();
        List<RgbImage> expected =
                images.stream().map(image -> one(GENERATOR, image)).toList();
        List<RgbImage> found =
                images.parallelStream().map(image -> one(GENERATOR, image)).toList();
        assertThat(found).isEqualTo(expected);
    }

    private static RgbImage one(Generator generator, RgbImage image) {
        return generator.translate(List.of(image)).get(0);
    }

    private static RgbImage noise(int width, int height, long seed) {
        byte[] samples = new byte[width * height * RgbImage.CHANNELS];
        new SplittableRandom(seed).nextBytes(samples);
        return new RgbImage(width, height, samples);
    }
}
