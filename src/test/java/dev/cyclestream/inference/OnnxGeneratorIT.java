package dev.cyclestream.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.checkpoint.GeneratorsOfOthers;
import dev.cyclestream.checkpoint.InvalidCheckpointException;
import dev.cyclestream.checkpoint.SelfTest;
import dev.cyclestream.picture.Picture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxGeneratorIT {

    private static final Checkpoint CHECKPOINT = DemoCheckpoint.aToB();
    private static final OnnxGenerator GENERATOR = Generators.load(CHECKPOINT);

    @AfterAll
    static void closeGenerator() {
        GENERATOR.close();
    }

    @Test
    void bothCheckpointsPassTheirSelfTest() {
        for (Checkpoint checkpoint : List.of(DemoCheckpoint.aToB(), DemoCheckpoint.bToA())) {
            try (Generator generator = Generators.load(checkpoint)) {
                int difference = checkpoint
                        .metadata()
                        .orElseThrow()
                        .selfTest()
                        .largestDifference(image -> one(generator, image));
                assertThat(difference).isLessThanOrEqualTo(SelfTest.TOLERANCE);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"16, 16", "61, 87", "87, 61", "64, 17", "18, 130"})
    void translationHasTheSizeOfTheImage(int width, int height) {
        Picture image = noise(width, height, 1);
        Picture translated = one(GENERATOR, image);
        assertThat(translated.width()).isEqualTo(width);
        assertThat(translated.height()).isEqualTo(height);
        assertThat(translated).isNotEqualTo(image);
    }

    @Test
    void batchGivesWhatSinglesGive() {
        List<Picture> images = List.of(noise(40, 24, 1), noise(40, 24, 2), noise(40, 24, 3));
        List<Picture> batch = GENERATOR.translate(images);
        for (int index = 0; index < images.size(); index++) {
            assertThat(batch.get(index).largestDifference(one(GENERATOR, images.get(index))))
                    .isLessThanOrEqualTo(SelfTest.TOLERANCE);
        }
    }

    @Test
    void manyThreadsGetWhatOneGets() {
        List<Picture> images =
                IntStream.range(0, 40).mapToObj(seed -> noise(32, 32, seed)).toList();
        List<Picture> expected =
                images.stream().map(image -> one(GENERATOR, image)).toList();
        List<Picture> found =
                images.parallelStream().map(image -> one(GENERATOR, image)).toList();
        assertThat(found).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"16, 16", "61, 87", "64, 17"})
    void generatorOfOthersRunsAsItIs(int width, int height) throws IOException {
        Picture image = noise(width, height, 1);
        try (Generator negative = ofOthers("Neg", "N", "H", "W")) {
            assertThat(one(negative, image)).isEqualTo(negative(image));
        }
    }

    @Test
    void generatorOfOthersClampsWhatLeavesTheRange() throws IOException {
        try (Generator exponential = ofOthers("Exp", "N", "H", "W")) {
            Picture white = one(exponential, flat(255)); // e^1 is more than 1
            assertThat(white).isEqualTo(flat(255));
        }
    }

    @Test
    void pictureThatComesOutOfNoNumbersIsNoPicture() throws IOException {
        byte[] arcCosine = GeneratorsOfOthers.ofOurForm("Acos", CHECKPOINT); // a number for 0 and 1 only
        try (Generator generator = Generators.load(Checkpoint.open("ours.onnx", new ByteArrayInputStream(arcCosine)))) {
            Picture picture = noise(20, 40, 1);
            Picture bright = image(index -> 2 + (picture.samples().get(index) & 0x7F));
            assertThatThrownBy(() -> one(generator, bright))
                    .isInstanceOf(GeneratorFailedException.class)
                    .hasMessage(
                            "ours.onnx: output: expected a picture, found one that is black all over, as of values that are not numbers (NaN)");
            assertThat(one(generator, flat(0))).isEqualTo(flat(1));
            assertThat(one(generator, flat(1))).isEqualTo(flat(0)); // black, and a number
        }
    }

    private static Picture image(IntUnaryOperator samples) {
        byte[] bytes = new byte[20 * 40 * Picture.CHANNELS];
        for (int index = 0; index < bytes.length; index++) {
            bytes[index] = (byte) samples.applyAsInt(index);
        }
        return new Picture(20, 40, bytes);
    }

    @Test
    void generatorOfFixedBatchAndSizeGivesTheImagesTheirSizeBack() throws IOException {
        List<Picture> images = List.of(flat(10), flat(100), flat(200));
        try (Generator negative = ofOthers("Neg", "2", "24", "32")) {
            List<Picture> translated = negative.translate(images);
            assertThat(translated).containsExactly(flat(245), flat(155), flat(55));
        }
    }

    @Test
    void generatorThatChangesTheSizeIsNamed() throws IOException {
        assertThatThrownBy(() -> ofOthers("Flatten", "N", "H", "W"))
                .isInstanceOf(InvalidCheckpointException.class)
                .hasMessageContaining("others.onnx: expected output (1, 3, 76, 68), found (1, 15504)");
    }

    @Test
    void saysWhatIsWrongWhereNothingTemporaryCanBeWritten() {
        Path missing = Path.of("no-such-folder"); // root may write to any folder that is there
        assertThatThrownBy(() -> Generators.requireTemporaryFolder(missing))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no-such-folder: expected a folder for temporary files that can be written");
    }

    private static Generator ofOthers(String operator, String batch, String height, String width) throws IOException {
        byte[] model = GeneratorsOfOthers.of(operator, batch, height, width);
        return Generators.load(Checkpoint.open("others.onnx", new ByteArrayInputStream(model)));
    }

    private static Picture negative(Picture image) {
        byte[] samples = new byte[image.samples().remaining()];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (255 - (image.samples().get(i) & 0xFF));
        }
        return new Picture(image.width(), image.height(), samples);
    }

    private static Picture flat(int value) {
        byte[] samples = new byte[20 * 40 * Picture.CHANNELS];
        Arrays.fill(samples, (byte) value);
        return new Picture(20, 40, samples);
    }

    private static Picture one(Generator generator, Picture image) {
        return generator.translate(List.of(image)).get(0);
    }

    private static Picture noise(int width, int height, long seed) {
        byte[] samples = new byte[width * height * Picture.CHANNELS];
        new SplittableRandom(seed).nextBytes(samples);
        return new Picture(width, height, samples);
    }
}
