package dev.cyclestream.cli.value;

/**
 * A schema registry, several of one cluster with commas between; {@code mock://SCOPE} is one within the process.
 *
 * @param value as the registry's client takes it, with a password if there is one
 */
public record RegistryUrl(String value) {

    public RegistryUrl {
        for (String url : value.split(",", -1)) {
            if (!Address.isUrl(url.strip()) && !url.strip().matches("mock://[A-Za-z0-9._-]+")) {
                throw new IllegalArgumentException(
                        "expected a URL such as http://host:8081, found \"%s\"".formatted(Address.masked(url)));
            }
        }
    }

    /** For people and logs, without user and password. */
    @Override
    public String toString() {
        return Address.masked(value);
    }
}
