package dev.cyclestream.comparison.measure;

/**
 * The choice of pairs that a page shows.
 *
 * @param worstBy what makes a pair bad
 * @param worst how many of the worst
 * @param random how many drawn at random
 * @param seed of the draw: the same pairs and seed give the same choice
 */
public record ShownPairs(Measure worstBy, int worst, int random, long seed) {

    /** Each takes up to three images of 128 KiB on the page, and in memory. */
    private static final int MOST = 250;

    public ShownPairs {
        if (Math.min(worst, random) < 0 || Math.max(worst, random) > MOST) {
            throw new IllegalArgumentException(
                    "worst, random: expected 0 to %d pairs to show, found %d and %d".formatted(MOST, worst, random));
        }
    }
}
