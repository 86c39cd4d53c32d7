package dev.cyclestream.rollout;

import dev.cyclestream.checkpoint.Checkpoint;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A checkpoint as a split names it. Two are equal if hash and name are, wherever they are fetched: the name is written into the images
 * that it makes, so that one file under two names makes different bytes.
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

    /**
     * The name of a checkpoint that is open.
     *
     * @param source where to fetch it
     */
    public static NamedCheckpoint of(Checkpoint checkpoint, String source) {
        return new NamedCheckpoint(checkpoint.sha256(), checkpoint.name(), source);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NamedCheckpoint named && sha256.equals(named.sha256) && name.equals(named.name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(sha256, name);
    }

    /** For people: {@code b7.onnx (ab12cd34ef56)}. */
    @Override
    public String toString() {
        return "%s (%s)".formatted(name, sha256.substring(0, DIGITS));
    }
}
