package dev.cyclestream.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.file.FileNotWrittenException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagesTest {

    private static final Gallery GALLERY = new Gallery("<b>", "", null, List.of(), List.of(), 0);

    @TempDir
    private Path folder;

    @Test
    void titleIsTextAndNotMarkup() throws IOException {
        Path page = folder.resolve("deep/index.html");

        Pages.write(page, GALLERY);

        assertThat(page).content().contains("<title>&lt;b&gt;</title>").doesNotContain("<b>");
    }

    @Test
    void pageThatCannotHaveItsNameIsNamed() throws IOException {
        Path page = Files.createDirectories(folder.resolve("index.html"));

        assertThatThrownBy(() -> Pages.write(page, GALLERY))
                .isInstanceOf(FileNotWrittenException.class)
                .hasMessage(page + ": cannot be written: Is a directory");
    }
}
