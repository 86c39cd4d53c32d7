package dev.cyclestream.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cyclestream.storage.ReferenceRejectedException.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageStoresTest {

    private static final byte[] CONTENT = "an image".getBytes(StandardCharsets.UTF_8);
    private static final String SHA256 = DigestUtils.sha256Hex(CONTENT);

    @TempDir
    private Path folder;

    private Path root;
    private Path image;

    @BeforeEach
    void write() throws IOException {
        root = Files.createDirectory(folder.resolve("root"));
        image = Files.write(root.resolve("image"), CONTENT);
    }

    @Test
    void fileBelowARootIsRead() {
        assertThat(read(image.toUri().toString(), CONTENT.length, SHA256)).isEqualTo(CONTENT);
    }

    @Test
    void fileWithAnyLetterInItsNameIsRead() throws IOException {
        assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "file names of this machine are in UTF-8");
        Files.write(root.resolve("k\u00e4se \u4e00.png"), CONTENT);
        assertThat(read("file://" + root + "/k\u00e4se%20\u4e00.png", CONTENT.length, SHA256))
                .isEqualTo(CONTENT);
        assertThat(read(root.resolve("k\u00e4se \u4e00.png").toUri().toString(), CONTENT.length, SHA256))
                .isEqualTo(CONTENT);
    }

    @Test
    void whatLeadsOutOfTheRootIsRefused() throws IOException {
        Path secret = Files.write(folder.resolve("secret"), CONTENT);
        Path link = Files.createSymbolicLink(root.resolve("link"), secret);
        for (String uri : List.of(
                secret.toUri().toString(),
                link.toUri().toString(),
                "file://" + root + "/../secret",
                "file://" + root + "/%2e%2e/secret")) {
            assertRejected(uri, CONTENT.length, SHA256, Reason.REFERENCE_NOT_ALLOWED);
        }
        assertRejected("file://host/etc/passwd", 8, SHA256, Reason.REFERENCE_NOT_ALLOWED);
    }

    @Test
    void whatIsNotWhatWasMeantIsRefused() {
        String uri = image.toUri().toString();
        assertRejected(uri, CONTENT.length + 1, SHA256, Reason.REFERENCE_MISMATCH);
        assertRejected(uri, CONTENT.length, DigestUtils.sha256Hex("another"), Reason.REFERENCE_MISMATCH);
        assertRejected(uri, 1L << 40, SHA256, Reason.REFERENCE_MISMATCH);
        assertRejected(root.resolve("none").toUri().toString(), 8, SHA256, Reason.REFERENCE_NOT_FOUND);
    }

    @Test
    void whatCanNeverBeReadIsRefused() throws IOException {
        String below = "file://" + root;
        assertRejected("file:///etc/passwd/x", 8, SHA256, Reason.REFERENCE_NOT_ALLOWED);
        assertRejected("file:///x/passwd/y", 8, SHA256, Reason.REFERENCE_NOT_ALLOWED);
        assertRejected("file:///" + "n".repeat(300), 8, SHA256, Reason.REFERENCE_NOT_ALLOWED);
        assertRejected("file:relative", 8, SHA256, Reason.REFERENCE_NOT_ALLOWED);
        assertRejected("file:///a?b", 8, SHA256, Reason.REFERENCE_NOT_ALLOWED);
        assertRejected(below + "/a%00b", 8, SHA256, Reason.REFERENCE_NOT_ALLOWED);
        assertRejected(below + "/image/y", 8, SHA256, Reason.REFERENCE_NOT_FOUND);
        assertRejected(below + "/image/y/z", 8, SHA256, Reason.REFERENCE_NOT_FOUND);
        assertRejected(below + "/" + "n".repeat(300), 8, SHA256, Reason.REFERENCE_NOT_FOUND);
        assertRejected(below + "/n".repeat(3000), 8, SHA256, Reason.REFERENCE_NOT_FOUND);
        Files.createSymbolicLink(root.resolve("circle"), root.resolve("circle"));
        assertRejected(below + "/circle", 8, SHA256, Reason.REFERENCE_NOT_FOUND);
        assertRejected(below, 4096, SHA256, Reason.REFERENCE_MISMATCH);
        assertRejected(below + "/", 8, SHA256, Reason.REFERENCE_MISMATCH);
    }

    @Test
    void fileThatMayNotBeReadIsRefusedAndADiskThatFailsIsWaitedFor() {
        List<Path> roots = List.of(root);
        URI uri = image.toUri();
        assertThat(FileFailure.of(uri, image, roots, new AccessDeniedException("image")))
                .isInstanceOf(ReferenceRejectedException.class);
        assertThat(FileFailure.of(uri, image, roots, new FileSystemException("image", null, "Input/output error")))
                .isInstanceOf(StorageUnreachableException.class);
    }

    @Test
    void rootThatGoesAwayIsWaitedFor() throws IOException {
        try (ImageStores stores = stores(Optional.empty())) {
            Files.delete(image);
            Files.delete(root);
            assertThatThrownBy(() -> stores.read(image.toUri().toString(), 8, SHA256))
                    .isInstanceOf(StorageUnreachableException.class);
        }
    }

    @Test
    void resultsAreReadableByOthersAndLeaveNothingBehindIfTheyCannotBeWritten() throws IOException {
        Path results = Files.createDirectory(folder.resolve("results"));
        try (ImageStores stores = stores(Optional.of(new ImageStores.Results(results.toUri(), 4)))) {
            Path written = Path.of(
                    stores.writeIfLarge(CONTENT, SHA256, "image/png", "png").orElseThrow());
            Path usual = Files.write(folder.resolve("usual"), CONTENT);
            assertThat(Files.getPosixFilePermissions(written)).isEqualTo(Files.getPosixFilePermissions(usual));
            Files.createDirectories(results.resolve("taken.png").resolve("below"));
            assertThatThrownBy(() -> stores.writeIfLarge(CONTENT, "taken", "image/png", "png"))
                    .isInstanceOf(StorageUnreachableException.class);
            assertThat(results).isDirectoryNotContaining("glob:**.partial");
        }
    }

    @Test
    void whatAnEarlierProcessLeftHalfWrittenIsRemovedAtTheStart() throws IOException {
        Path results = Files.createDirectory(folder.resolve("results"));
        Path left = Files.write(results.resolve("." + UUID.randomUUID() + ".partial"), CONTENT);
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minusSeconds(5)));
        stores(Optional.of(new ImageStores.Results(results.toUri(), 4))).close();
        assertThat(left).doesNotExist();
    }

    @Test
    void kindsThatAreNotSetUpAreRefused() {
        assertRejected("s3://bucket/key", 8, SHA256, Reason.UNSUPPORTED_REFERENCE);
        assertRejected("http://169.254.169.254/latest", 8, SHA256, Reason.UNSUPPORTED_REFERENCE);
        assertRejected("no uri at all", 8, SHA256, Reason.UNSUPPORTED_REFERENCE);
    }

    @Test
    void largeResultsAreWrittenOnceUnderTheirHash() throws IOException {
        URI results = folder.resolve("results").toUri();
        try (ImageStores stores = stores(Optional.of(new ImageStores.Results(results, 4)))) {
            assertThat(stores.writeIfLarge(new byte[4], "0", "image/png", "png"))
                    .isEmpty();
            URI first = stores.writeIfLarge(CONTENT, SHA256, "image/png", "png").orElseThrow();
            URI second =
                    stores.writeIfLarge(CONTENT, SHA256, "image/png", "png").orElseThrow();
            assertThat(second).isEqualTo(first);
            assertThat(Path.of(first)).hasFileName(SHA256 + ".png").hasBinaryContent(CONTENT);
            try (Stream<Path> files = Files.list(Path.of(first).getParent())) {
                assertThat(files).hasSize(1);
            }
        }
    }

    @Test
    void rootThatIsNotThereIsSaidAtOnce() {
        ImageStores.Allowed allowed =
                new ImageStores.Allowed(List.of(folder.resolve("none")), List.of(), Optional.empty(), "");
        assertThatThrownBy(() -> new ImageStores(allowed, 100, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--image-root: expected a folder, found none at ");
    }

    private byte[] read(String uri, long size, String sha256) {
        try (ImageStores stores = stores(Optional.empty())) {
            return stores.read(uri, size, sha256);
        }
    }

    private void assertRejected(String uri, long size, String sha256, Reason reason) {
        ReferenceRejectedException rejected =
                catchThrowableOfType(ReferenceRejectedException.class, () -> read(uri, size, sha256));
        assertThat(rejected).as(uri).isNotNull();
        assertThat(rejected.reason()).as(rejected.getMessage()).isEqualTo(reason);
    }

    private ImageStores stores(Optional<ImageStores.Results> results) {
        return new ImageStores(new ImageStores.Allowed(List.of(root), List.of(), Optional.empty(), ""), 1000, results);
    }
}
