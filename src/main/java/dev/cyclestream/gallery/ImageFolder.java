package dev.cyclestream.gallery;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A folder of files that are, or may be, images. */
public record ImageFolder(Path path) {

    /**
     * A file below the folder.
     *
     * @param id its path below the folder, with {@code /} between the names
     */
    public record ImageFile(String id, Path path) {

        /** The file's bytes. */
        public byte[] read() throws IOException {
            return Files.readAllBytes(path);
        }

        /** When the file was last written. */
        public Instant lastModified() throws IOException {
            FileTime time = Files.getLastModifiedTime(path);
            return time.toInstant();
        }
    }

    /** All files below the folder in the order of their ids, hidden ones excepted; whoever decodes them judges them. */
    public List<ImageFile> files() throws IOException {
        if (!Files.isDirectory(path)) {
            throw new InvalidFolderException("%s: expected a folder of images, found %s"
                    .formatted(path, Files.exists(path) ? "a file" : "nothing"));
        }
        try (Stream<Path> found = Files.walk(path, FileVisitOption.FOLLOW_LINKS)) {
            List<ImageFile> files = found.filter(Files::isRegularFile)
                    .map(file -> new ImageFile(id(file), file))
                    .filter(file -> !isHidden(file))
                    .sorted((left, right) -> left.id().compareTo(right.id()))
                    .toList();
            if (files.isEmpty()) {
                throw new InvalidFolderException(path + ": expected images, found no file");
            }
            return files;
        }
    }

    private String id(Path file) {
        return path.relativize(file).toString().replace(path.getFileSystem().getSeparator(), "/");
    }

    private static boolean isHidden(ImageFile file) {
        return file.id().startsWith(".") || file.id().contains("/.");
    }
}
