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

    /** What Java makes of bytes that are no text in the environment's encoding: different names would give the same id. */
    private static final char UNREADABLE = '\uFFFD';

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

    /**
     * Makes sure that nothing here, nor what links here lead to, is overwritten by what is written to a folder, and that it is
     * not read as an input the next time.
     *
     * @throws InvalidFolderException if the folders are the same, or one is inside the other
     */
    public void requireApartFrom(Path output) throws IOException {
        Path written = realPath(output);
        if (written.startsWith(path.toRealPath())) {
            throw new InvalidFolderException(
                    "%s: expected an output outside of the folder of images, found %s".formatted(path, output));
        }
        for (ImageFile file : files()) {
            if (file.path().toRealPath().startsWith(written)) {
                throw new InvalidFolderException(
                        "%s: expected images outside of the output %s, found them inside".formatted(path, output));
            }
        }
    }

    /** Also of a folder that is yet to be made. */
    private static Path realPath(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath();
        Path existing = absolute;
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        return existing.toRealPath().resolve(existing.relativize(absolute)).normalize();
    }

    private String id(Path file) {
        String id =
                path.relativize(file).toString().replace(path.getFileSystem().getSeparator(), "/");
        if (id.indexOf(UNREADABLE) >= 0) {
            throw new InvalidFolderException(
                    "%s: expected names of files in %s, found others; set LANG=C.UTF-8, or rename them"
                            .formatted(file, System.getProperty("sun.jnu.encoding")));
        }
        return id;
    }

    private static boolean isHidden(ImageFile file) {
        return file.id().startsWith(".") || file.id().contains("/.");
    }
}
