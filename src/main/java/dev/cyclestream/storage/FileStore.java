package dev.cyclestream.storage;

import dev.cyclestream.storage.ReferenceRejectedException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Files below some folders; links that lead out of them are not followed. */
final class FileStore implements ImageStore {

    private final List<Path> roots = new ArrayList<>();

    /**
     * Allows folders to be read.
     *
     * @throws IllegalArgumentException if one is not there
     */
    FileStore(List<Path> roots) {
        for (Path root : roots) {
            try {
                this.roots.add(root.toRealPath());
            } catch (IOException e) {
                throw new IllegalArgumentException("--image-root: expected a folder, found none at " + root, e);
            }
        }
    }

    @Override
    public String scheme() {
        return "file";
    }

    @Override
    public byte[] read(URI uri, int size) {
        Path file = allowed(uri);
        try {
            long found = Files.size(file);
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || found != size) {
                throw new ReferenceRejectedException(
                        Reason.REFERENCE_MISMATCH,
                        "%s: expected a file of %d bytes, found %d".formatted(uri, size, found));
            }
            try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                return content.readNBytes(size);
            }
        } catch (IOException e) {
            throw new StorageUnreachableException(uri + ": cannot be read: " + e, e);
        }
    }

    /** The file itself, wherever links lead. */
    private Path allowed(URI uri) {
        Path real;
        try {
            real = Path.of(uri).toRealPath();
        } catch (IllegalArgumentException e) {
            throw new ReferenceRejectedException(
                    Reason.REFERENCE_NOT_ALLOWED, "%s: expected file:///PATH: %s".formatted(uri, e.getMessage()), e);
        } catch (NoSuchFileException e) {
            throw new ReferenceRejectedException(Reason.REFERENCE_NOT_FOUND, uri + ": expected a file, found none", e);
        } catch (IOException e) {
            throw new StorageUnreachableException(uri + ": cannot be read: " + e, e);
        }
        if (roots.stream().noneMatch(real::startsWith)) {
            throw new ReferenceRejectedException(
                    Reason.REFERENCE_NOT_ALLOWED, uri + ": expected a file below a folder of --image-root");
        }
        return real;
    }

    @Override
    public URI write(URI folder, String name, String contentType, byte[] content) {
        Path file = Path.of(folder).resolve(name);
        try {
            Files.createDirectories(file.getParent());
            Path aside = Files.createTempFile(file.getParent(), name, ".partial");
            Files.write(aside, content);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StorageUnreachableException(file + ": cannot be written: " + e, e);
        }
        return file.toUri();
    }

    @Override
    public void close() {
        // holds nothing
    }
}
