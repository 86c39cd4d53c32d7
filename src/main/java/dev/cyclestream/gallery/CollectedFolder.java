package dev.cyclestream.gallery;

import dev.cyclestream.image.ImageFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A folder that images are written to, each under its id; a later image of the same id takes the place of the earlier. */
public final class CollectedFolder {

    private final Path path;
    private final Map<String, String> idOfFile = new HashMap<>();
    private long replaced;

    public CollectedFolder(Path path) {
        this.path = path;
    }

    /**
     * Writes an image and makes the folders above it.
     *
     * @return its path below the folder, with {@code /} between the names
     */
    public String write(String imageId, byte[] encoded) throws IOException {
        Optional<String> extension = ImageFormat.sniff(encoded).map(ImageFormat::extension);
        String name = FileName.of(imageId, extension);
        if (!isFree(name, imageId)) {
            name = FileName.distinct(imageId, extension);
        }
        Path file = path.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, encoded);
        if (idOfFile.put(name, imageId) != null) {
            replaced++;
        }
        return name;
    }

    /**
     * The files that may hold an image that was written earlier, by whatever program: none, one, or several where ids are alike
     * but for the extension that they were given.
     *
     * @return paths below the folder, with {@code /} between the names
     */
    public Set<String> find(String imageId) {
        Set<String> found = new TreeSet<>();
        for (ImageFormat format : ImageFormat.values()) {
            Optional<String> extension = Optional.of(format.extension());
            found.add(FileName.of(imageId, extension));
            found.add(FileName.distinct(imageId, extension));
        }
        found.removeIf(name -> !Files.isRegularFile(path.resolve(name)));
        return found;
    }

    /** Whether no other id has this file, and no file stands where it needs a folder or the other way round. */
    private boolean isFree(String name, String imageId) {
        Path file = path.resolve(name);
        boolean ancestorsAreFolders = true;
        for (Path above = file.getParent(); !above.equals(path); above = above.getParent()) {
            ancestorsAreFolders &= !Files.isRegularFile(above);
        }
        return ancestorsAreFolders
                && !Files.isDirectory(file)
                && idOfFile.getOrDefault(name, imageId).equals(imageId);
    }

    /** Images so far that took the place of an earlier one. */
    public long replaced() {
        return replaced;
    }
}
