package dev.cyclestream.gallery;

import dev.cyclestream.failure.WrongSetUpException;
import dev.cyclestream.image.ImageFiles;
import dev.cyclestream.option.OutputFolder;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A folder of files that are, or may be, images. */
public record ImageFolder(Path path) {

    /** The character that Java makes of bytes that are no text in the environment's encoding: different names would give the same id. */
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

        /** The time at which the file was last written. */
        public Instant lastModified() throws IOException {
            FileTime time = Files.getLastModifiedTime(path);
            return time.toInstant();
        }
    }

    /**
     * All files below the folder in the order of their ids, but for those that {@link #passedOver()} names; whoever decodes
     * them judges them.
     *
     * @throws WrongSetUpException if there are none, or a folder may not be read
     */
    public List<ImageFile> files() throws IOException {
        List<ImageFile> files = list().files().stream()
                .map(file -> new ImageFile(id(file), file))
                .sorted((left, right) -> left.id().compareTo(right.id()))
                .toList();
        if (files.isEmpty()) {
            throw new WrongSetUpException(path + ": expected images, found no file");
        }
        return files;
    }

    /** One line, for people, on what is hidden, left by tools, or a link that leads back up; empty if nothing is. */
    public Optional<String> passedOver() throws IOException {
        return ImageFiles.describe(path, list().passedOver());
    }

    private ImageFiles list() throws IOException {
        if (!Files.isDirectory(path)) {
            throw new WrongSetUpException("%s: expected a folder of images, found %s"
                    .formatted(path, Files.exists(path) ? "a file" : "nothing"));
        }
        try {
            return ImageFiles.below(path);
        } catch (AccessDeniedException e) {
            throw new WrongSetUpException(e.getFile() + ": expected a folder that may be read, found one that may not");
        }
    }

    /**
     * Makes sure that nothing here, nor what links here lead to, is overwritten by what is written to a folder, and that it is
     * not read as an input the next time.
     *
     * @throws WrongSetUpException if the folders are the same, or one is inside the other
     */
    public void requireApartFrom(Path output) throws IOException {
        Path written = new OutputFolder(output).realPath();
        if (written.startsWith(path.toRealPath())) {
            throw new WrongSetUpException(
                    "%s: expected an output outside of the folder of images, found %s".formatted(path, output));
        }
        for (ImageFile file : files()) {
            if (file.path().toRealPath().startsWith(written)) {
                throw new WrongSetUpException(
                        "%s: expected images outside of the output %s, found them inside".formatted(path, output));
            }
        }
    }

    private String id(Path file) {
        String id =
                path.relativize(file).toString().replace(path.getFileSystem().getSeparator(), "/");
        if (id.indexOf(UNREADABLE) >= 0) {
            throw new WrongSetUpException(
                    "%s: expected names of files in %s, found others; set LANG=C.UTF-8, or rename them"
                            .formatted(file, System.getProperty("sun.jnu.encoding")));
        }
        return id;
    }
}
