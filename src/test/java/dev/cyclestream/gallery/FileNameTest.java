package dev.cyclestream.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {

    private static final String PNG = "png";

    @ParameterizedTest
    @ValueSource(strings = {"1.png", "cats/1.png", "a b/Ünïcode (2).PNG", "x/y/z_-+@,~=.png"})
    void harmlessPathIsKept(String id) {
        assertThat(fileName(id, PNG)).isEqualTo(id);
    }

    @Test
    void missingExtensionIsAdded() {
        assertThat(fileName("0f8c-41", PNG)).isEqualTo("0f8c-41.png");
        assertThat(fileName("photo.jpg", PNG)).isEqualTo("photo.jpg.png");
        assertThat(fileName("photo.jpeg", "jpg")).isEqualTo("photo.jpeg");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/passwd",
                "/etc/passwd",
                "a/../../b",
                "..",
                ".",
                "",
                "/",
                "a//b",
                "C:\\x\\y",
                "a\u0000b",
                ".hidden",
                "a/.git/config",
                "a\nb",
                "x/",
                " ",
                "con:",
                "a\uD83D",
                "\uD83Dx/y\uDE00"
            })
    void hostileIdStaysBelowTheFolder(String id) {
        String name = fileName(id, PNG);
        Path root = Path.of("/out");
        assertThat(root.resolve(name).normalize().startsWith(root)).as(name).isTrue();
        assertThat(name)
                .doesNotContain("..", ":", "\\", "\n", "//")
                .doesNotStartWith("/")
                .endsWith(".png");
        assertThat(name.split("/")).noneMatch(part -> part.startsWith(".") || part.isBlank());
    }

    @Test
    void hostileIdsDoNotShareAFile() {
        assertThat(fileName("a/../b", PNG)).isNotEqualTo(fileName("a/./b", PNG));
        assertThat(fileName("a:b", PNG)).isNotEqualTo(fileName("a*b", PNG));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "文", "😀", "e\u0301", "x/"})
    void longIdIsCutToWhatFileSystemsTakeInBytes(String part) {
        for (int length : new int[] {1, 60, 62, 63, 83, 84, 85, 86, 199, 200, 201, 251, 252, 5000}) {
            String name = fileName(part.repeat(length), PNG);
            assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1100);
            assertThat(Stream.of(name.split("/")).map(each -> each.getBytes(StandardCharsets.UTF_8)))
                    .allSatisfy(each -> assertThat(each).hasSizeLessThanOrEqualTo(255));
            assertThat(name).endsWith(".png");
            assertThat(name.codePoints().noneMatch(letter -> Character.getType(letter) == Character.SURROGATE))
                    .as(name)
                    .isTrue();
        }
    }

    @Test
    void longIdsThatDifferAtTheirEndsDoNotShareAFile() {
        assertThat(fileName("文".repeat(84) + "1", PNG)).isNotEqualTo(fileName("文".repeat(84) + "2", PNG));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nul.png", "CON", "a/aux.x/b.png", "COM1.png", "lpt¹.png"})
    void devicesOfWindowsAreNoFiles(String id) {
        assertThat(fileName(id, PNG).split("/")).noneMatch(part -> part.matches("(?i)(nul|con|aux|com1|lpt¹)(\\..*)?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"index.html/x", "INDEX.HTML/x.png", "index.html"})
    void placeOfThePageIsKeptFree(String id) {
        assertThat(fileName(id, PNG).split("/", -1)[0]).isNotEqualToIgnoringCase("index.html");
    }

    @Test
    void lettersThatTheEnvironmentCannotWriteAreReplacedAndTheFilesStayApart() {
        String first = FileName.of("cafés/1.png", PNG, StandardCharsets.US_ASCII);
        assertThat(first).isEqualTo(FileName.distinct("cafés/1.png", PNG, StandardCharsets.US_ASCII));
        String second = FileName.of("é.png", PNG, StandardCharsets.US_ASCII);
        String third = FileName.of("è.png", PNG, StandardCharsets.US_ASCII);
        assertThat(second).matches("_\\.png-\\w{12}\\.png").isNotEqualTo(third);
    }

    private static String fileName(String id, String extension) {
        return FileName.of(id, extension, StandardCharsets.UTF_8);
    }
}
