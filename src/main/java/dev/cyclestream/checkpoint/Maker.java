package dev.cyclestream.checkpoint;

import dev.cyclestream.event.Direction;

/**
 * The maker of a result: a checkpoint, in the part in which it translated.
 *
 * @param sha256 of the checkpoint
 * @param name of its file, for people
 * @param role as provenance says it: stable, candidate or shadow
 */
public record Maker(Direction direction, String sha256, String name, String role) {

    private static final int DIGITS = 12;

    /** The checkpoint as people and metrics name it, unlike others of the same file name: {@code b7.onnx (ab12cd34ef56)}. */
    public String checkpoint() {
        return "%s (%s)".formatted(name, sha256.substring(0, DIGITS));
    }
}
