package dev.cyclestream.cli.value;

/** One of the properties of Kafka's clients. What it is, may be a secret, and is never said. */
public record ClientProperty(String name, String value) {

    /**
     * Reads {@code NAME=VALUE}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static ClientProperty parse(String text) {
        int end = text.indexOf('=');
        if (end < 1) {
            throw new IllegalArgumentException("expected NAME=VALUE, found something else");
        }
        return new ClientProperty(text.substring(0, end).strip(), text.substring(end + 1));
    }

    @Override
    public String toString() {
        return name + "=****";
    }
}
