package dev.cyclestream.storage;

import dev.cyclestream.file.WholeFile;
import dev.cyclestream.storage.ReferenceRejectedException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Brings one file to where it is needed, a checkpoint for example. Until all of it is there and its SHA-256 is the expected
 * one, nothing has its name.
 */
public final class FileFetch {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int CHUNK = 1 << 16;

    private final Optional<URI> endpoint;
    private final String region;
    private final long maxBytes;

    /**
     * @param endpoint of an S3-compatible service other than Amazon's
     * @param maxBytes largest file that is brought
     */
    public FileFetch(Optional<URI> endpoint, String region, long maxBytes) {
        this.endpoint = endpoint;
        this.region = region;
        this.maxBytes = maxBytes;
    }

    /**
     * Brings the file unless it is there already.
     *
     * @param source {@code file:///PATH} or {@code s3://BUCKET/KEY}
     * @param sha256 that it must have, in hexadecimal
     * @param target file to make; its folder is made if it is missing
     * @return whether it was brought: false if it was there
     * @throws ReferenceRejectedException if it is not there, may not be read, is too large, or is another
     * @throws StorageUnreachableException if source or target do not work now
     */
    public boolean bring(URI source, String sha256, Path target) {
        String expected = sha256.toLowerCase(Locale.ROOT);
        if (!SHA256.matcher(expected).matches()) {
            throw new IllegalArgumentException(
                    "SHA-256: expected 64 hexadecimal digits, found \"%s\"".formatted(sha256));
        }
        try {
            if (Files.isRegularFile(target) && sha256Of(target).equals(expected)) {
                return false;
            }
            try (WholeFile whole = new WholeFile(target)) {
                requireSame(source, expected, copy(source, whole.content()));
                whole.finish();
            }
            return true;
        } catch (IOException e) {
            throw new StorageUnreachableException("%s: cannot be copied to %s: %s".formatted(source, target, e), e);
        }
    }

    /**
     * Brings a file of which nobody has said what it must be.
     *
     * @return its SHA-256
     * @throws ReferenceRejectedException if it is not there, may not be read, or is too large
     * @throws StorageUnreachableException if source or target do not work now
     */
    public String bring(URI source, Path target) {
        try (WholeFile whole = new WholeFile(target)) {
            String sha256 = copy(source, whole.content());
            whole.finish();
            return sha256;
        } catch (IOException e) {
            throw new StorageUnreachableException("%s: cannot be copied to %s: %s".formatted(source, target, e), e);
        }
    }

    private static String sha256Of(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return DigestUtils.sha256Hex(content);
        }
    }

    private static void requireSame(URI source, String expected, String found) {
        if (!found.equals(expected)) {
            throw new ReferenceRejectedException(
                    Reason.REFERENCE_MISMATCH, "%s: expected SHA-256 %s, found %s".formatted(source, expected, found));
        }
    }

    /** Returns the SHA-256 of what was written. */
    private String copy(URI source, OutputStream target) throws IOException {
        return switch (Optional.ofNullable(source.getScheme()).orElse("")) {
            case "file" -> copyFile(source, target);
            case "s3" -> copyObject(source, target);
            default ->
                throw new ReferenceRejectedException(
                        Reason.UNSUPPORTED_REFERENCE,
                        "expected file:///PATH or s3://BUCKET/KEY, found \"%s\"".formatted(source));
        };
    }

    private String copyFile(URI source, OutputStream target) throws IOException {
        try (InputStream content = Files.newInputStream(Path.of(source))) {
            return copy(source, content, target);
        } catch (NoSuchFileException e) {
            throw new ReferenceRejectedException(
                    Reason.REFERENCE_NOT_FOUND, source + ": expected a file, found none", e);
        } catch (IllegalArgumentException e) {
            throw new ReferenceRejectedException(
                    Reason.UNSUPPORTED_REFERENCE, "%s: expected file:///PATH: %s".formatted(source, e.getMessage()), e);
        }
    }

    private String copyObject(URI source, OutputStream target) throws IOException {
        if (source.getAuthority() == null) {
            throw new ReferenceRejectedException(
                    Reason.UNSUPPORTED_REFERENCE, "expected s3://BUCKET/KEY, found \"%s\"".formatted(source));
        }
        try (S3Store store = new S3Store(List.of(source.getAuthority()), endpoint, region);
                InputStream content = store.open(source)) {
            return copy(source, content, target);
        }
    }

    private String copy(URI source, InputStream content, OutputStream target) throws IOException {
        MessageDigest digest = DigestUtils.getSha256Digest();
        long length = 0;
        byte[] chunk = new byte[CHUNK];
        for (int read = content.read(chunk); read >= 0; read = content.read(chunk)) {
            length += read;
            if (length > maxBytes) {
                throw new ReferenceRejectedException(
                        Reason.REFERENCE_MISMATCH,
                        "%s: expected at most %d bytes, found more".formatted(source, maxBytes));
            }
            digest.update(chunk, 0, read);
            target.write(chunk, 0, read);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
