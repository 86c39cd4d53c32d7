package dev.cyclestream.gallery;

import dev.cyclestream.failure.WrongSetUpException;
import dev.cyclestream.file.WholeFile;
import dev.cyclestream.image.ImageFormat;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A folder that images are written to, each under its id; a later image of the same id takes the place of the earlier. What is
 * no image is written, too, but under a name that no program runs or shows.
 */
public final class CollectedFolder {

    private static final String NO_IMAGE = "bin";

    private final Path path;
    private final Charset charset;
    private final Map<String, String> idOfFile = new HashMap<>();
    private long replaced;

    public CollectedFolder(Path path) {
        this(path, ofFileNames());
    }

    /** @param charset that file names can be written in here */
    CollectedFolder(Path path, Charset charset) {
        this.path = path;
        this.charset = charset;
    }

    /** The encoding of file names in Java, which is not that of files: without {@code LANG} it is ASCII. */
    private static Charset ofFileNames() {
        return Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    }

    /**
     * Writes an image and makes the folders above it.
     *
     * @return its path below the folder, with {@code /} between the names
     */
    public String write(String imageId, byte[] encoded) throws IOException {
        String extension =
                ImageFormat.sniff(encoded).map(ImageFormat::extension).orElse(NO_IMAGE);
        String name = FileName.of(imageId, extension, charset);
        if (!isFree(name, imageId)) {
            name = FileName.distinct(imageId, extension, charset);
        }
        Path file = path.resolve(name);
        Files.createDirectories(file.getParent());
        if (!file.getParent().toRealPath().startsWith(path.toRealPath())) {
            throw new WrongSetUpException(
                    "%s: expected folders below %s, found a link that leads out".formatted(file.getParent(), path));
        }
        WholeFile.write(file, encoded); // in place of a link, too: what it points at is not ours
        if (idOfFile.put(asOthersSee(name), imageId) != null) {
            replaced++;
        }
        return name;
    }

    /**
     * The files that may hold an image that was written earlier, by whatever program, here or where file names are written in
     * ASCII: none, one, or several where ids are alike but for the extension that they were given.
     *
     * @return paths below the folder, with {@code /} between the names
     */
    public Set<String> find(String imageId) {
        Set<String> found = new TreeSet<>();
        for (ImageFormat format : ImageFormat.values()) {
            for (Charset written : List.of(charset, StandardCharsets.US_ASCII)) {
                found.add(FileName.of(imageId, format.extension(), written));
                found.add(FileName.distinct(imageId, format.extension(), written));
            }
        }
        found.removeIf(name -> !Files.isRegularFile(path.resolve(name)));
        return found;
    }

    /** True if no other id has this file, and no file stands where it needs a folder or the other way round. */
    private boolean isFree(String name, String imageId) {
        Path file = path.resolve(name);
        boolean ancestorsAreFolders = true;
        for (Path above = file.getParent(); !above.equals(path); above = above.getParent()) {
            ancestorsAreFolders &= !Files.isRegularFile(above);
        }
        return ancestorsAreFolders
                && !Files.isDirectory(file)
                && idOfFile.getOrDefault(asOthersSee(name), imageId).equals(imageId);
    }

    /** Names that are one and the same on some file system: upper and lower case, an accent apart from its letter. */
    private static String asOthersSee(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    /** Images so far that took the place of an earlier one. */
    public long replaced() {
        return replaced;
    }
}
