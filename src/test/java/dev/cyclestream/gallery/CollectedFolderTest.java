package dev.cyclestream.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectedFolderTest {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 1};

    @TempDir
    private Path path;

    @Test
    void imageIsWrittenUnderItsId() throws IOException {
        String name = new CollectedFolder(path).write("cats/1.png", PNG);
        assertThat(name).isEqualTo("cats/1.png");
        assertThat(Files.readAllBytes(path.resolve("cats/1.png"))).isEqualTo(PNG);
    }

    @Test
    void laterImageOfTheSameIdTakesThePlaceOfTheEarlier() throws IOException {
        CollectedFolder folder = new CollectedFolder(path);
        byte[] later = PNG.clone();
        later[8] = 2;
        folder.write("x.png", PNG);
        assertThat(folder.replaced()).isZero();
        folder.write("x.png", later);
        assertThat(folder.replaced()).isEqualTo(1);
        assertThat(Files.readAllBytes(path.resolve("x.png"))).isEqualTo(later);
    }

    @Test
    void differentIdsNeverShareAFile() throws IOException {
        CollectedFolder folder = new CollectedFolder(path);
        assertThat(folder.write("x", PNG)).isEqualTo("x.png");
        assertThat(folder.write("x.png", PNG)).isNotEqualTo("x.png");
        assertThat(folder.write("x.png/below.png", PNG)).isNotEqualTo("x.png/below.png");
        assertThat(folder.write("deep/x.png", PNG)).isEqualTo("deep/x.png");
        assertThat(folder.write("deep", "no image".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isNotEqualTo("deep");
        assertThat(folder.replaced()).isZero();
    }
}
