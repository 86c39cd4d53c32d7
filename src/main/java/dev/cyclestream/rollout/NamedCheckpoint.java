package dev.cyclestream.rollout;

import java.util.regex.Pattern;

/**
 * A checkpoint as a split names it.
 *
 * @param sha256 of the file, 64 lower-case hexadecimal digits
 * @param name of the file, for people
 * @param source where to fetch it: {@code file:} or {@code s3:}
 */
public record NamedCheckpoint(String sha256, String name, String source) {

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final int DIGITS = 12;

    public NamedCheckpoint {
        if (!SHA_256.matcher(sha256).matches()) {
            throw new IllegalArgumentException(
                    "SHA-256: expected 64 lower-case hexadecimal digits, found \"%s\"".formatted(sha256));
        }
    }

    /** For people: {@code b7.onnx (ab12cd34ef56)}. */
    @Override
    public String toString() {
        return "%s (%s)".formatted(name, sha256.substring(0, DIGITS));
    }
}
