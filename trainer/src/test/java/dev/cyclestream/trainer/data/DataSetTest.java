package dev.cyclestream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSetTest {

    @TempDir
    private Path root;

    @Test
    void foldersAreListedInOrder() throws IOException {
        writeImages("trainA", "b.png", "a.png");
        writeImages("trainB", "c.png", "d.png", "e.png");
        DataSet data = DataSet.open(root);
        assertThat(data.trainA())
                .extracting(file -> file.getFileName().toString())
                .containsExactly("a.png", "b.png");
        assertThat(data.testA()).isEmpty();
        assertThat(data.epochLength()).isEqualTo(3);
    }

    @Test
    void missingFolderIsRefused() {
        assertThatThrownBy(() -> DataSet.open(root.resolve("nowhere")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("expected a folder with trainA and trainB, found nothing");
    }

    @Test
    void oneImageIsNotEnough() throws IOException {
        writeImages("trainA", "a.png", "b.png");
        writeImages("trainB", "c.png");
        assertThatThrownBy(() -> DataSet.open(root))
                .hasMessageContaining("trainB: expected at least 2 images, found 1");
    }

    @Test
    void everyFileThatIsNoImageIsListed() throws IOException {
        writeImages("trainA", "a.png", "b.png");
        writeImages("trainB", "c.png", "d.png");
        Files.writeString(root.resolve("trainA/x.txt"), "x");
        Files.writeString(root.resolve("trainB/y.txt"), "y");
        assertThatThrownBy(() -> DataSet.open(root))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("x.txt: expected an image")
                .hasMessageContaining("y.txt: expected an image");
    }

    @Test
    void hiddenFilesAreLeftOut() throws IOException {
        writeImages("trainA", "a.png", "b.png");
        writeImages("trainB", "c.png", "d.png");
        Files.writeString(root.resolve("trainA/.DS_Store"), "x");
        assertThat(DataSet.open(root).trainA()).hasSize(2);
    }

    @Test
    void fingerprintFollowsTheContent() throws IOException {
        writeImages("trainA", "a.png", "b.png");
        writeImages("trainB", "c.png", "d.png");
        String before = DataSet.open(root).fingerprint();
        assertThat(DataSet.open(root).fingerprint()).isEqualTo(before);
        PictureFile.writePng(root.resolve("trainB/d.png"), new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB));
        assertThat(DataSet.open(root).fingerprint()).isNotEqualTo(before);
    }

    private void writeImages(String folder, String... names) throws IOException {
        for (String name : names) {
            PictureFile.writePng(
                    root.resolve(folder).resolve(name), new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB));
        }
    }
}
