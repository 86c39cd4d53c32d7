package dev.cyclestream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSetTest {

    @TempDir
    private Path root;

    @Test
    void foldersAreListedInOrder() throws IOException {
        writeImages("trainA", "b.png", "a.png");
        writeImages("trainB", "c.png", "d.png", "e.png");
        DataSet data = open(root);
        assertThat(data.trainA())
                .extracting(file -> file.getFileName().toString())
                .containsExactly("a.png", "b.png");
        assertThat(data.testA()).isEmpty();
        assertThat(data.imagesInEpoch()).isEqualTo(3);
    }

    @Test
    void missingFolderIsRefused() {
        assertThatThrownBy(() -> open(root.resolve("nowhere")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("expected a folder with trainA and trainB, found nothing");
    }

    @Test
    void oneImageIsNotEnough() throws IOException {
        writeImages("trainA", "a.png", "b.png");
        writeImages("trainB", "c.png");
        assertThatThrownBy(() -> open(root)).hasMessageContaining("trainB: expected at least 2 images, found 1");
    }

    @Test
    void everyFileThatIsNoImageIsListed() throws IOException {
        writeImages("trainA", "a.png", "b.png");
        writeImages("trainB", "c.png", "d.png");
        Files.writeString(root.resolve("trainA/x.txt"), "x");
        Files.writeString(root.resolve("trainB/y.txt"), "y");
        assertThatThrownBy(() -> open(root))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("x.txt: expected PNG, JPEG")
                .hasMessageContaining("y.txt: expected PNG, JPEG");
    }

    @Test
    void allThatIsWrongIsListedAtOnce() throws IOException {
        writeImages("trainA", "a.png");
        writeImages("trainB", "c.png", "d.png", "e.png");
        PictureFile.writePng(root.resolve("trainB/blank.png"), new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB));
        byte[] whole = Files.readAllBytes(root.resolve("trainB/e.png"));
        Files.write(root.resolve("trainB/e.png"), Arrays.copyOf(whole, whole.length - 30));
        Augmentation crop = new Augmentation(Preprocessing.CROP, 16, 16, true);
        assertThatThrownBy(() -> new DataSetFolder(root).openForTraining(crop, 8, Integer.MAX_VALUE))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("trainA: expected at least 2 images, found 1\n")
                .hasMessageContaining(
                        "a.png: expected sides of at least 16 pixels for --preprocessing crop, found 8 x 8")
                .hasMessageContaining("d.png: expected sides of at least 16 pixels")
                .hasMessageContaining("e.png: the image is damaged")
                .hasMessageContaining("blank.png: expected a picture, found one colour throughout");
    }

    @Test
    void longListsEndInANumber() throws IOException {
        writeImages("trainA", "a.png", "b.png");
        for (int index = 0; index < 33; index++) {
            Files.createDirectories(root.resolve("trainB"));
            Files.writeString(root.resolve("trainB/%d.txt".formatted(index)), "x");
        }
        assertThatThrownBy(() -> open(root)).hasMessageEndingWith("\nand 13 more");
    }

    @Test
    void sameFolderTwiceIsRefused() throws IOException {
        writeImages("trainA", "a.png", "b.png");
        Files.createSymbolicLink(root.resolve("trainB"), root.resolve("trainA"));
        assertThatThrownBy(() -> open(root))
                .hasMessageEndingWith("expected two domains, found the same pictures in trainA and trainB");
    }

    @Test
    void cappedDataSetHasTheFirstImagesOfEachDomain() throws IOException {
        writeImages("trainA", "a.png", "b.png");
        writeImages("trainB", "c.png", "d.png", "e.png", "f.png");
        Files.writeString(root.resolve("trainB/f.png"), "no image, but nobody asks for it");
        DataSet capped = new DataSetFolder(root).openForTraining(Augmentation.none(16), 8, 3);
        assertThat(capped.trainA()).hasSize(2);
        assertThat(capped.trainB())
                .extracting(file -> file.getFileName().toString())
                .containsExactly("c.png", "d.png", "e.png");
        assertThatThrownBy(() -> new DataSetFolder(root).openForTraining(Augmentation.none(16), 8, 1))
                .hasMessage("max images: expected at least 2, found 1");
    }

    @Test
    void hiddenFilesAreLeftOut() throws IOException {
        writeImages("trainA", "a.png", "b.png");
        writeImages("trainB", "c.png", "d.png");
        Files.writeString(root.resolve("trainA/.DS_Store"), "x");
        writeImages("trainA/@eaDir/a.png", "SYNOPHOTO_THUMB.png");
        writeImages("trainB/.ipynb_checkpoints", "c-checkpoint.png");
        DataSet data = open(root);
        assertThat(data.trainA()).hasSize(2);
        assertThat(data.imagesInEpoch()).isEqualTo(2);
        assertThat(data.passedOver())
                .contains(
                        root + ": passed over 3 that are hidden, left by tools, or links that lead nowhere or back up:"
                                + " trainA/.DS_Store, trainA/@eaDir, trainB/.ipynb_checkpoints");
    }

    @Test
    void picturesThatAreAllPassedOverAreNotCalledMissingAlone() throws IOException {
        writeImages("trainA/.cache", "a.png", "b.png");
        writeImages("trainB", "c.png", "d.png");
        assertThatThrownBy(() -> open(root))
                .hasMessage("%s: expected at least 2 images, found 0\n%s"
                        .formatted(
                                root.resolve("trainA"),
                                root
                                        + ": passed over 1 that are hidden, left by tools, or links that lead nowhere or back up:"
                                        + " trainA/.cache"));
    }

    @Test
    void linkThatLeadsBackUpBringsNoPicturesOfTheOtherDomain() throws IOException {
        writeImages("trainA", "a.png", "b.png");
        writeImages("trainB", "c.png", "d.png");
        Files.createSymbolicLink(root.resolve("trainA/all"), root);
        assertThat(open(root).trainA()).hasSize(2);
    }

    @Test
    void stripThatWouldGrowBeyondMemoryIsNamed() throws IOException {
        writeImages("trainA", "a.png", "b.png");
        writeImages("trainB", "c.png", "d.png");
        BufferedImage strip = new BufferedImage(2, 3000, BufferedImage.TYPE_INT_RGB);
        strip.setRGB(1, 1, 0xFFFFFF);
        PictureFile.writePng(root.resolve("trainB/strip.png"), strip);
        Augmentation scaled = new Augmentation(Preprocessing.SCALE_WIDTH, 16, 16, true);
        assertThatThrownBy(() -> new DataSetFolder(root).openForTraining(scaled, 8, 9))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(root.resolve("trainB/strip.png")
                        + ": expected at most 20000 rows once it is scaled to a width of 16, found 2 x 3000 pixels");
    }

    @Test
    void picturesAsTheyAreMustBeAsLargeAsTheNetworksAsk() throws IOException {
        writeImages("trainA", "a.png", "b.png");
        writeImages("trainB", "c.png", "d.png");
        writeImages("testA", "a.png");
        Augmentation none = new Augmentation(Preprocessing.NONE, 16, 16, true);
        assertThat(new DataSetFolder(root).openForTraining(none, 8, 9).testA()).hasSize(1);
        assertThatThrownBy(() -> new DataSetFolder(root).openForTraining(none, 12, 9))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith(root.resolve("trainA/a.png")
                        + ": expected sides of at least 10 pixels for --preprocessing none, found 8 x 8\n")
                .hasMessageNotContaining("testA");
    }

    @Test
    void fingerprintFollowsTheContent() throws IOException {
        writeImages("trainA", "a.png", "b.png");
        writeImages("trainB", "c.png", "d.png");
        String before = open(root).fingerprint();
        assertThat(open(root).fingerprint()).isEqualTo(before);
        Files.copy(root.resolve("trainA/a.png"), root.resolve("trainB/d.png"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(open(root).fingerprint()).isNotEqualTo(before);
    }

    @Test
    void trainingKeepsItsPicturesAndEvaluationDoesNot() throws IOException {
        writeImages("trainA", "a.png", "b.png");
        writeImages("trainB", "c.png", "d.png");
        DataSet training = open(root);
        DataSet evaluation = new DataSetFolder(root).openForEvaluation(Augmentation.none(16));
        Path file = root.resolve("trainB/d.png");
        Files.delete(file);
        assertThat(training.pictures().get(file).width()).isEqualTo(16);
        assertThatThrownBy(() -> evaluation.pictures().get(file)).isInstanceOf(IOException.class);
    }

    private static DataSet open(Path root) throws IOException {
        return new DataSetFolder(root).openForTraining(Augmentation.none(16), 8, Integer.MAX_VALUE);
    }

    private void writeImages(String folder, String... names) throws IOException {
        for (String name : names) {
            BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
            image.setRGB(name.charAt(0) % 8, 3, 0xFFFFFF);
            PictureFile.writePng(root.resolve(folder).resolve(name), image);
        }
    }
}
