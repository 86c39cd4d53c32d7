package dev.cyclestream.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cyclestream.storage.ReferenceRejectedException.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFetchTest {

    private static final String CONTENT = "a checkpoint";
    private static final String SHA256 = DigestUtils.sha256Hex(CONTENT);

    @TempDir
    private Path folder;

    private final FileFetch fetch = new FileFetch(Optional.empty(), "us-east-1", 100);
    private Path source;
    private Path target;

    @BeforeEach
    void writeSource() throws IOException {
        source = Files.writeString(folder.resolve("source.onnx"), CONTENT);
        target = folder.resolve("made").resolve("a-to-b.onnx");
    }

    @Test
    void fileOfTheExpectedHashIsBrought() {
        assertThat(fetch.bring(source.toUri(), SHA256.toUpperCase(Locale.ROOT), target))
                .isTrue();
        assertThat(target).hasContent(CONTENT);
        assertThat(target.getParent()).isDirectoryNotContaining(file -> !file.equals(target));
    }

    @Test
    void fileThatIsThereIsLeftAlone() throws IOException {
        fetch.bring(source.toUri(), SHA256, target);
        Files.delete(source);
        assertThat(fetch.bring(source.toUri(), SHA256, target)).isFalse();
    }

    @Test
    void anotherFileThatIsThereIsReplaced() throws IOException {
        Files.createDirectories(target.getParent());
        Files.writeString(target, "yesterday's checkpoint");
        assertThat(fetch.bring(source.toUri(), SHA256, target)).isTrue();
        assertThat(target).hasContent(CONTENT);
    }

    @Test
    void oneChangedByteLeavesNothing() throws IOException {
        Files.writeString(source, "a Checkpoint");
        assertRejected(source.toUri(), Reason.REFERENCE_MISMATCH);
        assertThat(target.getParent()).isEmptyDirectory();
    }

    @Test
    void tooLargeAFileLeavesNothing() {
        FileFetch small = new FileFetch(Optional.empty(), "us-east-1", CONTENT.length() - 1);
        assertThatThrownBy(() -> small.bring(source.toUri(), SHA256, target))
                .hasMessageEndingWith("source.onnx: expected at most 11 bytes, found more");
        assertThat(target.getParent()).isEmptyDirectory();
    }

    @Test
    void whatIsNotThereOrNoFileIsRefused() {
        assertRejected(folder.resolve("none").toUri(), Reason.REFERENCE_NOT_FOUND);
        assertRejected(URI.create("https://host/a-to-b.onnx"), Reason.UNSUPPORTED_REFERENCE);
        assertRejected(URI.create("a-to-b.onnx"), Reason.UNSUPPORTED_REFERENCE);
        assertRejected(URI.create("file://host/a-to-b.onnx"), Reason.UNSUPPORTED_REFERENCE);
        assertRejected(URI.create("s3:///key"), Reason.UNSUPPORTED_REFERENCE);
    }

    @Test
    void hashThatIsNoneIsNamed() {
        assertThatThrownBy(() -> fetch.bring(source.toUri(), "latest", target))
                .hasMessage("SHA-256: expected 64 hexadecimal digits, found \"latest\"");
    }

    private void assertRejected(URI uri, Reason reason) {
        ReferenceRejectedException rejected =
                catchThrowableOfType(ReferenceRejectedException.class, () -> fetch.bring(uri, SHA256, target));
        assertThat(rejected).isNotNull();
        assertThat(rejected.reason()).as(rejected.getMessage()).isEqualTo(reason);
    }
}
