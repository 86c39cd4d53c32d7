package dev.cyclestream.cli.value;

import java.util.Locale;
import java.util.regex.Pattern;

/** A SHA-256, in small hexadecimal digits. */
public record Sha256(String value) {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    /**
     * Reads capital digits, too.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Sha256 parse(String text) {
        return new Sha256(text.toLowerCase(Locale.ROOT));
    }

    public Sha256 {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("expected 64 hexadecimal digits, found \"%s\"".formatted(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
