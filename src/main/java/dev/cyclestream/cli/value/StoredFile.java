package dev.cyclestream.cli.value;

import java.net.URI;
import java.nio.file.Path;

/** The name of a place in a store: {@code file:///PATH} or {@code s3://BUCKET/KEY}. */
final class StoredFile {

    private StoredFile() {}

    static URI parse(String text, String expected) {
        try {
            URI uri = URI.create(text);
            boolean file = "file".equals(uri.getScheme()) && Path.of(uri).isAbsolute();
            boolean object = "s3".equals(uri.getScheme())
                    && uri.getAuthority() != null
                    && new BucketName(uri.getAuthority()).value().equals(uri.getAuthority())
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
            if (file || object) {
                return uri;
            }
        } catch (RuntimeException e) { // what URI and Path refuse, each in its own words
            throw new IllegalArgumentException("expected %s, found \"%s\"".formatted(expected, text), e);
        }
        throw new IllegalArgumentException("expected %s, found \"%s\"".formatted(expected, text));
    }
}
