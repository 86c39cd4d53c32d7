package dev.cyclestream.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.failure.WrongSetUpException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {

    @TempDir
    private Path root;

    private Path images;

    @BeforeEach
    void writeAnImage() throws IOException {
        images = Files.createDirectories(root.resolve("images/deep")).getParent();
        Files.writeString(images.resolve("deep/1.png"), "x");
    }

    @Test
    void folderElsewhereMayBeWrittenTo() {
        assertThatCode(() -> new ImageFolder(images).requireApartFrom(root.resolve("images2")))
                .doesNotThrowAnyException();
        assertThatCode(() -> new ImageFolder(images).requireApartFrom(root.resolve("new/folders")))
                .doesNotThrowAnyException();
    }

    @Test
    void outputOverTheOriginalsIsRefused() {
        assertRefused(images);
        assertRefused(images.resolve("deep/../../images"));
    }

    @Test
    void outputAmongTheOriginalsIsRefused() {
        assertRefused(images.resolve("translated"));
        assertRefused(images.resolve("new/translated"));
    }

    @Test
    void originalsInsideTheOutputAreRefused() {
        assertRefused(root);
    }

    @Test
    void linksAreSeenThrough() throws IOException {
        Path link = Files.createSymbolicLink(root.resolve("link"), images);
        assertRefused(link);
        assertRefused(link.resolve("translated"));
        Path output = Files.createDirectory(root.resolve("output"));
        Files.createSymbolicLink(images.resolve("2.png"), Files.writeString(output.resolve("2.png"), "x"));
        assertRefused(output);
    }

    @Test
    void whatToolsLeaveIsPassedOverAndSaid() throws IOException {
        Files.createDirectories(images.resolve("deep/@eaDir/1.png"));
        Files.writeString(images.resolve("deep/@eaDir/1.png/SYNOPHOTO_THUMB.png"), "x");
        Files.createSymbolicLink(images.resolve("deep/up"), images);
        assertThat(new ImageFolder(images).files())
                .extracting(ImageFolder.ImageFile::id)
                .containsExactly("deep/1.png");
        assertThat(new ImageFolder(images).passedOver())
                .contains(images
                        + ": passed over 2 that are hidden, left by tools, or links that lead nowhere or back up:"
                        + " deep/@eaDir, deep/up");
    }

    private void assertRefused(Path output) {
        assertThatThrownBy(() -> new ImageFolder(images).requireApartFrom(output))
                .isInstanceOf(WrongSetUpException.class)
                .hasMessageContaining("outside of the");
    }
}
