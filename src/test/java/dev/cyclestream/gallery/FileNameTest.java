package dev.cyclestream.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {

    private static final Optional<String> PNG = Optional.of("png");

    @ParameterizedTest
    @ValueSource(strings = {"1.png", "cats/1.png", "a b/Ünïcode (2).PNG", "x/y/z_-+@,~=.png"})
    void harmlessPathIsKept(String id) {
        assertThat(FileName.of(id, PNG)).isEqualTo(id);
    }

    @Test
    void missingExtensionIsAdded() {
        assertThat(FileName.of("0f8c-41", PNG)).isEqualTo("0f8c-41.png");
        assertThat(FileName.of("photo.jpg", PNG)).isEqualTo("photo.jpg.png");
        assertThat(FileName.of("photo.jpeg", Optional.of("jpg"))).isEqualTo("photo.jpeg");
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
                "con:"
            })
    void hostileIdStaysBelowTheFolder(String id) {
        String name = FileName.of(id, PNG);
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
        assertThat(FileName.of("a/../b", PNG)).isNotEqualTo(FileName.of("a/./b", PNG));
        assertThat(FileName.of("a:b", PNG)).isNotEqualTo(FileName.of("a*b", PNG));
    }

    @Test
    void longNameIsCut() {
        assertThat(FileName.of("x".repeat(5000), PNG)).hasSizeLessThan(130).endsWith(".png");
    }
}
