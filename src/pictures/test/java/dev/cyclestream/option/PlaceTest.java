package dev.cyclestream.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceTest {

    @TempDir
    private Path folder;

    private Path file;
    private Path missing;

    @BeforeEach
    void writeAFile() throws IOException {
        file = Files.writeString(folder.resolve("file"), "x");
        missing = folder.resolve("missing/below");
    }

    @Test
    void fileToReadIsOneThatIsThere() {
        assertThat(new InputFile(file).fault()).isEmpty();
        assertThat(new InputFile(folder).fault()).contains("expected a file, found a folder at " + folder);
        assertThat(new InputFile(missing).fault()).contains("expected a file, found nothing at " + missing);
    }

    @Test
    void folderToReadIsOneThatIsThere() {
        assertThat(new InputFolder(folder).fault()).isEmpty();
        assertThat(new InputFolder(file).fault()).contains("expected a folder, found a file at " + file);
        assertThat(new InputFolder(missing).fault()).contains("expected a folder, found nothing at " + missing);
    }

    @Test
    void fileToWriteMayBeMissing() {
        assertThat(new OutputFile(file).fault()).isEmpty();
        assertThat(new OutputFile(missing).fault()).isEmpty();
        assertThat(new OutputFile(folder).fault()).contains("expected a file to write, found a folder at " + folder);
        assertThat(new OutputFile(file.resolve("x")).fault()).contains("expected a folder, found a file at " + file);
    }

    @Test
    void folderToWriteMayBeMissing() throws IOException {
        assertThat(new OutputFolder(folder).fault()).isEmpty();
        assertThat(new OutputFolder(missing).fault()).isEmpty();
        assertThat(new OutputFolder(file).fault()).contains("expected a folder, found a file at " + file);
        assertThat(new OutputFolder(file.resolve("x/y")).fault()).isPresent();
        Path nowhere = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("gone"));
        assertThat(new OutputFolder(nowhere).fault()).contains("expected a folder, found nothing at " + nowhere);
    }

    @Test
    void textThatIsNoPathIsRefused() {
        assertThatThrownBy(() -> InputFile.parse("a\0b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OutputFolder.parse("")).hasMessage("expected a path, found \"\"");
    }

    @Test
    void messagesAreOneLine() {
        assertThat(OneLine.of("a\nb\u001b[31m\t\u2028\u202ex")).isEqualTo("a\\nb\\u001b[31m\\t\\u2028\\u202ex");
        assertThat(OneLine.of("as it is: ü文😀")).isEqualTo("as it is: ü文😀");
    }
}
