package dev.cyclestream.cli.value;

import java.net.URI;

/** The source that a file is brought from. */
public record FetchSource(URI uri) {

    /**
     * Reads {@code file:///PATH} or {@code s3://BUCKET/KEY}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static FetchSource parse(String text) {
        URI uri = StoredFile.parse(text, "file:///PATH or s3://BUCKET/KEY");
        if (uri.getPath().length() < 2) {
            throw new IllegalArgumentException(
                    "expected file:///PATH or s3://BUCKET/KEY, found \"%s\"".formatted(text));
        }
        return new FetchSource(uri);
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
