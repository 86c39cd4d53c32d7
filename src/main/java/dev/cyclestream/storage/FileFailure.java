package dev.cyclestream.storage;

import dev.cyclestream.storage.ReferenceRejectedException.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Tells a reference that can never be read from a disk that does not work now. */
final class FileFailure {

    /** Of a name, and of a path, on every file system that is in use. */
    private static final int LONGEST_NAME = 255;

    private static final int LONGEST_PATH = 4096;

    private FileFailure() {}

    /**
     * The meaning of a failure to read.
     *
     * @param path that the URI names
     * @param roots folders that may be read
     * @return {@link ReferenceRejectedException} or {@link StorageUnreachableException}
     */
    static RuntimeException of(URI uri, Path path, List<Path> roots, IOException failure) {
        Path plain = path.normalize();
        if (roots.stream().noneMatch(plain::startsWith)) {
            return notAllowed(uri, failure);
        }
        if (roots.stream().filter(plain::startsWith).noneMatch(Files::isDirectory)) {
            return unreachable(uri, failure); // a disk that is not mounted
        }
        if (failure instanceof AccessDeniedException) {
            return new ReferenceRejectedException(
                    Reason.REFERENCE_NOT_ALLOWED, uri + ": expected a file that we may read, found another", failure);
        }
        if (failure instanceof NoSuchFileException || hasNoPlace(plain) || leadsInCircles(failure)) {
            return new ReferenceRejectedException(
                    Reason.REFERENCE_NOT_FOUND, uri + ": expected a file, found none", failure);
        }
        return unreachable(uri, failure);
    }

    static ReferenceRejectedException notAllowed(URI uri, Throwable cause) {
        return new ReferenceRejectedException(
                Reason.REFERENCE_NOT_ALLOWED, uri + ": expected a file below a folder of --image-root", cause);
    }

    private static StorageUnreachableException unreachable(URI uri, IOException failure) {
        return new StorageUnreachableException(uri + ": cannot be read: " + failure, failure);
    }

    /** Names that are too long, and files in the place of folders. */
    private static boolean hasNoPlace(Path path) {
        if (bytes(path) >= LONGEST_PATH) {
            return true;
        }
        for (Path part = path; part != null; part = part.getParent()) {
            boolean name = part.getFileName() != null && bytes(part.getFileName()) > LONGEST_NAME;
            if (name || (!part.equals(path) && Files.isRegularFile(part))) {
                return true;
            }
        }
        return false;
    }

    private static int bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    private static boolean leadsInCircles(IOException failure) {
        return failure instanceof FileSystemLoopException
                || String.valueOf(failure.getMessage()).contains("Too many levels of symbolic links");
    }
}
