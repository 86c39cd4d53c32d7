package dev.cyclestream.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFilesTest {

    @TempDir
    private Path root;

    @Test
    void filesAreInTheOrderOfTheirPathsAndLinksAreFollowed() throws IOException {
        write("pictures/b.png");
        write("pictures/deep/a.png");
        write("elsewhere/c.png");
        Files.createSymbolicLink(root.resolve("pictures/linked"), root.resolve("elsewhere"));
        Files.createSymbolicLink(root.resolve("pictures/a.png"), root.resolve("elsewhere/c.png"));
        ImageFiles found = ImageFiles.below(root.resolve("pictures"));
        assertThat(names(found.files())).containsExactly("a.png", "b.png", "deep/a.png", "linked/c.png");
        assertThat(found.passedOver()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".ipynb_checkpoints/1-checkpoint.png",
                "@eaDir/1.png/SYNOPHOTO_THUMB.png",
                ".AppleDouble/1.png",
                "__MACOSX/1.png",
                "#recycle/1.png",
                "$RECYCLE.BIN/1.png",
                "lost+found/1.png",
                "._1.png",
                ".DS_Store",
                "Thumbs.db",
                "thumbs.db",
                "desktop.ini",
                "Icon\r"
            })
    void whatToolsLeaveIsPassedOverAndNamedOnce(String path) throws IOException {
        write("pictures/deep/1.png");
        write("pictures/deep/" + path);
        ImageFiles found = ImageFiles.below(root.resolve("pictures"));
        assertThat(names(found.files())).containsExactly("deep/1.png");
        assertThat(names(found.passedOver())).containsExactly("deep/" + path.split("/", -1)[0]);
    }

    @Test
    void folderItselfMayBeHidden() throws IOException {
        write("pictures/.cache/1.png");
        assertThat(ImageFiles.below(root.resolve("pictures/.cache")).files()).hasSize(1);
    }

    @Test
    void linksThatLeadBackUpOrNowhereArePassedOver() throws IOException {
        write("pictures/deep/1.png");
        write("beside/2.png");
        Files.createSymbolicLink(root.resolve("pictures/deep/here"), root.resolve("pictures/deep"));
        Files.createSymbolicLink(root.resolve("pictures/deep/up"), Path.of(".."));
        Files.createSymbolicLink(root.resolve("pictures/above"), root);
        Files.createSymbolicLink(root.resolve("pictures/itself"), Path.of("itself"));
        Files.createSymbolicLink(root.resolve("pictures/nowhere"), root.resolve("no/where"));
        ImageFiles found = ImageFiles.below(root.resolve("pictures"));
        assertThat(names(found.files())).containsExactly("deep/1.png");
        assertThat(names(found.passedOver())).containsExactly("above", "deep/here", "deep/up", "itself", "nowhere");
    }

    @Test
    void foldersThatLeadToEachOtherEnd() throws IOException {
        write("pictures/a/1.png");
        write("pictures/b/2.png");
        Files.createSymbolicLink(root.resolve("pictures/a/b"), root.resolve("pictures/b"));
        Files.createSymbolicLink(root.resolve("pictures/b/a"), root.resolve("pictures/a"));
        ImageFiles found = ImageFiles.below(root.resolve("pictures"));
        assertThat(names(found.files())).containsExactly("a/1.png", "a/b/2.png", "b/2.png", "b/a/1.png");
        assertThat(names(found.passedOver())).containsExactly("a/b/a", "b/a/b");
    }

    @Test
    void lineForPeopleNamesTheFirstFewAndIsOne() {
        List<Path> many = List.of("Icon\r", "2", "3", "4", "5", "6", "7").stream()
                .map(Path.of("data")::resolve)
                .toList();
        assertThat(ImageFiles.describe(Path.of("data"), many))
                .contains("data: passed over 7 that are hidden, left by tools, or links that lead nowhere or back up:"
                        + " Icon\\r, 2, 3, 4, 5 and 2 more");
        assertThat(ImageFiles.describe(Path.of("data"), List.of())).isEmpty();
    }

    private List<String> names(List<Path> files) {
        return files.stream()
                .map(file -> root.resolve("pictures").relativize(file).toString())
                .toList();
    }

    private void write(String path) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
    }
}
