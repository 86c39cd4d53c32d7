package dev.cyclestream.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import dev.cyclestream.picture.Picture;
import dev.cyclestream.trainer.data.Augmentation;
import dev.cyclestream.trainer.data.DataSetFolder;
import dev.cyclestream.trainer.data.InvalidDataException;
import dev.cyclestream.trainer.data.PictureFile;
import dev.cyclestream.trainer.data.Seed;
import dev.cyclestream.trainer.evaluation.Evaluation.Brackets;
import dev.cyclestream.trainer.pytorch.PyTorch;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Domains that a simple rule translates: images of A are dark, images of B are the same ones 100 brighter. */
class EvaluatorTest {

    private static final int SIZE = 16;
    private static final int STEP = 100;

    @TempDir
    private Path folder;

    private final NDManager manager = PyTorch.newManager();

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @Test
    void perfectTranslatorsReachTheFiguresOfRealImages() throws IOException {
        writeDataSet("same");
        Evaluation perfect = evaluate(brighter(STEP), brighter(-STEP));
        Brackets found = perfect.aToB();
        assertThat(perfect.classifierAccuracy()).isEqualTo(1);
        assertThat(found.translated().get(Figure.L1)).isZero();
        assertThat(found.translated().get(Figure.SSIM)).isEqualTo(1);
        assertThat(found.translated().get(Figure.CYCLE_L1)).isZero();
        assertThat(found.translated().get(Figure.DOMAIN_SCORE))
                .isEqualTo(found.real().get(Figure.DOMAIN_SCORE));
        assertThat(found.untranslated().get(Figure.L1)).isEqualTo(STEP / 127.5);
        assertThat(found.untranslated().get(Figure.DOMAIN_SCORE)).isLessThan(0.1);
        assertThat(found.untranslated().get(Figure.KID))
                .isGreaterThan(100 * Math.abs(found.real().get(Figure.KID)));
        assertThat(perfect.figures()).containsKeys("domain_score_ab", "kid_ba", "l1_ab", "ssim_ba", "cycle_l1_ab");
    }

    @Test
    void translatorsThatDoNothingScoreLikeUntranslatedImagesThoughTheyComeBackPerfectly() throws IOException {
        writeDataSet("same");
        Evaluation idle = evaluate(pictures -> pictures, pictures -> pictures);
        for (Figure figure : List.of(Figure.DOMAIN_SCORE, Figure.KID, Figure.L1, Figure.SSIM)) {
            assertThat(idle.bToA().translated().get(figure))
                    .isEqualTo(idle.bToA().untranslated().get(figure));
        }
        assertThat(idle.bToA().translated().get(Figure.CYCLE_L1)).isZero();
    }

    @Test
    void withoutMatchingNamesThereIsNoGroundTruth() throws IOException {
        writeDataSet("other");
        Evaluation evaluation = evaluate(brighter(STEP), brighter(-STEP));
        assertThat(evaluation.aToB().translated())
                .containsKey(Figure.KID)
                .doesNotContainKey(Figure.L1)
                .doesNotContainKey(Figure.SSIM);
        assertThatThrownBy(() -> evaluation.mean(Figure.SSIM))
                .hasMessageContaining("names in testA and testB must match");
    }

    @Test
    void missingTestImagesAreNamed() throws IOException {
        write("trainA", "x", 3, 0);
        write("trainB", "x", 3, STEP);
        assertThatThrownBy(() -> evaluate(brighter(0), brighter(0)))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageEndingWith("expected at least 2 images each in testA and testB, found 0 and 0");
    }

    private Evaluation evaluate(Translator aToB, Translator bToA) throws IOException {
        Augmentation augmentation = Augmentation.none(SIZE);
        try (Evaluator evaluator = Evaluator.of(
                new DataSetFolder(folder).openForEvaluation(augmentation), new Seed(1), Optional.empty(), manager)) {
            return evaluator.evaluate(aToB, bToA).evaluation();
        }
    }

    private void writeDataSet(String namesOfTestB) throws IOException {
        write("trainA", "x", 12, 0);
        write("trainB", "y", 12, STEP);
        write("testA", "same", 10, 0);
        write("testB", namesOfTestB, 10, STEP);
    }

    private void write(String domain, String name, int count, int brightness) throws IOException {
        for (int index = 0; index < count; index++) {
            Random random = new Random(index);
            BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < SIZE * SIZE; i++) {
                image.setRGB(i % SIZE, i / SIZE, 0x010101 * (brightness + random.nextInt(100)));
            }
            PictureFile.writePng(folder.resolve(domain).resolve(name + index + ".png"), image);
        }
    }

    private static Translator brighter(int step) {
        return pictures -> pictures.stream()
                .map(picture -> {
                    byte[] samples = picture.toBytes();
                    for (int i = 0; i < samples.length; i++) {
                        samples[i] = (byte) ((samples[i] & 0xFF) + step);
                    }
                    return new Picture(picture.width(), picture.height(), samples);
                })
                .toList();
    }
}
