package dev.cyclestream.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

    private static final byte[] CONTENT = {1, 2, 3};

    @TempDir
    private Path folder;

    @Test
    void everybodyMayReadItWhomTheProcessLetsReadItsFiles() throws IOException {
        Path plain = Files.write(folder.resolve("plain"), CONTENT);
        Path whole = folder.resolve("deep/whole");
        WholeFile.write(whole, CONTENT);
        assertThat(whole).hasBinaryContent(CONTENT);
        assertThat(Files.getPosixFilePermissions(whole)).isEqualTo(Files.getPosixFilePermissions(plain));
    }

    @Test
    void whatIsNotFinishedLeavesWhatWasThere() throws IOException {
        Path target = Files.write(folder.resolve("target"), CONTENT);
        try (WholeFile file = new WholeFile(target)) {
            file.content().write(9);
        }
        assertThat(target).hasBinaryContent(CONTENT);
        assertThat(folder).isDirectoryNotContaining("glob:**.partial");
    }

    @Test
    void fileThatCannotBeWrittenIsNamed() throws IOException {
        Path target =
                Files.createDirectories(folder.resolve("target/in the way")).getParent();
        assertThatThrownBy(() -> WholeFile.write(target, CONTENT))
                .isInstanceOf(FileNotWrittenException.class)
                .hasMessageStartingWith(target + ": cannot be written: ");
        Path below = Files.write(folder.resolve("file"), CONTENT).resolve("below");
        assertThatThrownBy(() -> WholeFile.write(below, CONTENT))
                .hasMessageStartingWith(below + ": cannot be written: ");
        assertThat(folder).isDirectoryNotContaining("glob:**.partial");
    }

    @Test
    void fileThatCannotBeFinishedIsNamed() throws IOException {
        Path target =
                Files.createDirectories(folder.resolve("target/in the way")).getParent();
        try (WholeFile file = new WholeFile(target)) {
            file.content().write(CONTENT);
            assertThatThrownBy(file::finish)
                    .isInstanceOf(FileNotWrittenException.class)
                    .hasMessage(target + ": cannot be written: Is a directory");
        }
        assertThat(folder).isDirectoryNotContaining("glob:**.partial");
    }

    @Test
    void contentThatCannotBeWrittenIsSaidOfTheFile() throws IOException {
        Path target = folder.resolve("target");
        OutputStream content;
        try (WholeFile file = new WholeFile(target)) {
            content = file.content();
        }
        assertThatThrownBy(() -> content.write(9))
                .isInstanceOf(FileNotWrittenException.class)
                .hasMessage(target + ": cannot be written: ClosedChannelException");
    }

    @Test
    void whatAnotherProcessLeftIsRemovedAndWhatIsBeingWrittenIsNot() throws IOException {
        Path left = abandoned();
        Path foreign = Files.write(folder.resolve(".mine.partial"), CONTENT);
        Path target = folder.resolve("target");
        try (WholeFile file = new WholeFile(target)) {
            assertThat(left).doesNotExist(); // the first one in a folder tidies it
            file.content().write(CONTENT);
            Path again = abandoned();
            old();
            WholeFile.removeAbandoned(folder);
            assertThat(again).doesNotExist();
            file.finish();
        }
        assertThat(target).hasBinaryContent(CONTENT);
        assertThat(foreign).exists();
    }

    private Path abandoned() throws IOException {
        Path file = Files.write(folder.resolve("." + UUID.randomUUID() + ".partial"), CONTENT);
        old();
        return file;
    }

    /** As if all of them had been begun a while ago. */
    private void old() throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
            }
        }
    }
}
