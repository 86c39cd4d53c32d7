package dev.cyclestream.demo.rollout;

/**
 * The decision on what makes an image.
 *
 * @param split that holds; {@link #NO_SPLIT} before the first one
 * @param role of the checkpoint; empty before the first split
 * @param checkpoint its SHA-256
 */
record Decision(long split, String role, String checkpoint) {

    static final long NO_SPLIT = 0;
    private static final int DIGITS = 12;

    @Override
    public String toString() {
        return "%s and checkpoint %s"
                .formatted(
                        split == NO_SPLIT ? "no split" : "split %d as %s".formatted(split, role),
                        checkpoint.substring(0, DIGITS));
    }
}
