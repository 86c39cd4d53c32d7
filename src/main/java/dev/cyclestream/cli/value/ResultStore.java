package dev.cyclestream.cli.value;

import dev.cyclestream.option.OutputFolder;
import dev.cyclestream.option.Place;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The place of results that are too large for a record. */
public record ResultStore(URI uri) implements Place {

    /**
     * Reads {@code file:///DIR/} or {@code s3://BUCKET/PREFIX}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static ResultStore parse(String text) {
        return new ResultStore(StoredFile.parse(text, "file:///DIR/ or s3://BUCKET/PREFIX"));
    }

    /** A folder has to be there already: a disk that is not mounted is missed at once, and not filled beside its place. */
    @Override
    public Optional<String> fault() {
        if (!"file".equals(uri.getScheme())) {
            return Optional.empty();
        }
        Path folder = Path.of(uri);
        return Files.isDirectory(folder)
                ? new OutputFolder(folder).fault()
                : Optional.of("expected a folder that is there, found none at " + folder);
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
