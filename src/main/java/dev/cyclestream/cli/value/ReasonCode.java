package dev.cyclestream.cli.value;

import java.util.regex.Pattern;

/** The reason for which an input died, as its dead letter says. */
public record ReasonCode(String value) {

    private static final Pattern FORM = Pattern.compile("[A-Z][A-Z0-9_]*");

    public ReasonCode {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "expected a reason such as IMAGE_TOO_LARGE, found \"%s\"".formatted(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
