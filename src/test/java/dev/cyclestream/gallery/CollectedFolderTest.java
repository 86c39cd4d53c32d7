package dev.cyclestream.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.failure.WrongSetUpException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThat(folder.write("deep", "no image".getBytes(StandardCharsets.UTF_8)))
                .isNotEqualTo("deep");
        assertThat(folder.replaced()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run.sh", "page.html", "index.html", "x.svg", ".bashrc", "app.desktop", "x.png"})
    void whatIsNoImageGetsANameThatNoProgramRunsOrShows(String id) throws IOException {
        byte[] script = "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);
        String name = new CollectedFolder(path).write(id, script);
        assertThat(name).endsWith(".bin");
        assertThat(Files.readAllBytes(path.resolve(name))).isEqualTo(script);
    }

    @Test
    void idsThatAreOneNameOnSomeFileSystemDoNotShareAFile() throws IOException {
        CollectedFolder folder = new CollectedFolder(path);
        assertThat(folder.write("Cat.png", PNG)).isEqualTo("Cat.png");
        assertThat(folder.write("cat.PNG", PNG)).doesNotMatch("(?i)cat.png");
        String composed = folder.write("\u00e9.png", PNG);
        String apart = Normalizer.normalize(folder.write("e\u0301.png", PNG), Normalizer.Form.NFC);
        assertThat(apart).isNotEqualTo(composed);
        assertThat(folder.replaced()).isZero();
    }

    @Test
    void nonAsciiIdsAreWrittenAndFoundWhereFileNamesAreAscii() throws IOException {
        CollectedFolder ascii = new CollectedFolder(path, StandardCharsets.US_ASCII);
        String name = ascii.write("caf\u00e9/\u6587.png", PNG);
        assertThat(name).matches("\\p{ASCII}+");
        assertThat(ascii.find("caf\u00e9/\u6587.png")).containsExactly(name);
        assertThat(new CollectedFolder(path).find("caf\u00e9/\u6587.png")).containsExactly(name);
    }

    @Test
    void everyOddIdIsWrittenAndFoundAgain() throws IOException {
        CollectedFolder folder = new CollectedFolder(path);
        List<String> ids = List.of(
                "\u6587".repeat(84),
                "x".repeat(99) + "\uD83D\uDE00.png",
                "index.html/x",
                "index.html",
                "a/b".repeat(2000),
                "nul.png",
                "",
                "a\uD83D");
        for (String id : ids) {
            String name = folder.write(id, PNG);
            assertThat(path.resolve(name)).as(id).isRegularFile();
            assertThat(folder.find(id)).as(id).containsExactly(name);
        }
        assertThat(folder.replaced()).isZero();
    }

    @Test
    void linkInTheFolderIsReplacedAndNotFollowed() throws IOException {
        Path elsewhere = Files.createDirectory(path.resolve("elsewhere"));
        Path original = Files.write(elsewhere.resolve("1.png"), PNG);
        Path output = Files.createDirectory(path.resolve("output"));
        Files.createSymbolicLink(output.resolve("1.png"), original);
        Files.createSymbolicLink(output.resolve("below"), elsewhere);
        byte[] later = PNG.clone();
        later[8] = 2;
        CollectedFolder folder = new CollectedFolder(output);
        folder.write("1.png", later);
        assertThatThrownBy(() -> folder.write("below/1.png", later))
                .isInstanceOf(WrongSetUpException.class)
                .hasMessageContaining("found a link that leads out");
        assertThat(Files.readAllBytes(original)).isEqualTo(PNG);
        assertThat(Files.readAllBytes(output.resolve("1.png"))).isEqualTo(later);
    }
}
