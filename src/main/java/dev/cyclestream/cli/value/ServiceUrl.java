package dev.cyclestream.cli.value;

import java.net.URI;

/** A service that is spoken to by HTTP. */
public record ServiceUrl(URI uri) {

    /**
     * Reads {@code https://HOST:PORT/PATH}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static ServiceUrl parse(String text) {
        if (!Address.isUrl(text) || URI.create(text).getHost() == null) {
            throw new IllegalArgumentException(
                    "expected a URL such as https://host:9000, found \"%s\"".formatted(Address.masked(text)));
        }
        return new ServiceUrl(URI.create(text));
    }

    /** For people and logs, without user and password. */
    @Override
    public String toString() {
        return Address.masked(uri.toString());
    }
}
