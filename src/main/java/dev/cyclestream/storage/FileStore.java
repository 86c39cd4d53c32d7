package dev.cyclestream.storage;

import dev.cyclestream.file.WholeFile;
import dev.cyclestream.storage.ReferenceRejectedException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files below some folders; links that lead out of them are not followed. */
final class FileStore implements ImageStore {

    private final List<Path> roots = new ArrayList<>();
    private final List<Path> namesOfRoots = new ArrayList<>();

    /**
     * Allows folders to be read.
     *
     * @throws IllegalArgumentException if one is not there
     */
    FileStore(List<Path> roots) {
        for (Path root : roots) {
            try {
                this.roots.add(root.toRealPath());
                namesOfRoots.add(root.toRealPath());
                namesOfRoots.add(root.toAbsolutePath().normalize());
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
        Path path = path(uri);
        try {
            Path file = path.toRealPath();
            if (roots.stream().noneMatch(file::startsWith)) {
                throw FileFailure.notAllowed(uri, null);
            }
            long found = Files.size(file);
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || found != size) {
                throw new ReferenceRejectedException(
                        Reason.REFERENCE_MISMATCH,
                        "%s: expected a file of %d bytes, found %s"
                                .formatted(uri, size, Files.isDirectory(file) ? "a folder" : found + " bytes"));
            }
            try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                return content.readNBytes(size);
            }
        } catch (IOException e) {
            throw FileFailure.of(uri, path, namesOfRoots, e);
        }
    }

    private static Path path(URI uri) {
        try {
            return Path.of(URI.create(uri.toASCIIString()));
        } catch (IllegalArgumentException e) { // no path, or one that no file system takes
            throw new ReferenceRejectedException(
                    Reason.REFERENCE_NOT_ALLOWED, "%s: expected file:///PATH: %s".formatted(uri, e.getMessage()), e);
        }
    }

    @Override
    public URI write(URI folder, String name, String contentType, byte[] content) {
        Path file = Path.of(folder).resolve(name);
        try {
            WholeFile.write(file, content);
        } catch (IOException e) {
            throw new StorageUnreachableException(e.getMessage(), e);
        }
        return file.toUri();
    }

    @Override
    public void close() {
        // holds nothing
    }
}
