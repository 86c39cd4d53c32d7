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

    @Test
    void segmentsOfALaneAreAsWideAsTheyHaveImages() throws IOException {
        RolloutReport.Cell cell = new RolloutReport.Cell("two", "offset 7: \"<cat>\"");
        RolloutReport.Segment before = new RolloutReport.Segment("no split", "", List.of(cell, cell, cell));
        RolloutReport.Segment after = new RolloutReport.Segment("split 1", "offset 3", List.of(cell));
        Path page = folder.resolve("rollout.html");

        Pages.write(
                page,
                new RolloutReport(
                        "title",
                        "lead",
                        List.of(),
                        new RolloutReport.Checkpoints("old.onnx", "new.onnx", "note"),
                        new Table(List.of("split"), List.of()),
                        List.of(new RolloutReport.Lane("Partition 0", "4 images", List.of(before, after))),
                        List.of()));

        assertThat(page)
                .content()
                .contains(
                        "style=\"flex-grow: 3\"",
                        "style=\"flex-grow: 1\"",
                        "split 1<b>offset 3</b>",
                        "No picture was translated by both.")
                .doesNotContain("<cat>");
    }
}
