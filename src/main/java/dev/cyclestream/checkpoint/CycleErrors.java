package dev.cyclestream.checkpoint;

import java.util.List;

/**
 * The cycle errors of a generator on held-out pictures, as its trainer found them: what is left of a picture after a translation and the
 * one back by the other generator of the run, the mean absolute difference of samples, 0 to 1.
 *
 * @param pictures their number
 * @param quantiles one for each of {@link #SHARES}
 */
public record CycleErrors(long pictures, List<Double> quantiles) {

    /** The share of pictures whose cycle error is at most the quantile. */
    public static final List<Double> SHARES = List.of(0.05, 0.25, 0.5, 0.75, 0.95);

    public CycleErrors {
        quantiles = List.copyOf(quantiles);
        if (pictures < 1
                || quantiles.size() != SHARES.size()
                || !quantiles.stream().sorted().toList().equals(quantiles)
                || !(quantiles.get(0) >= 0 && quantiles.get(quantiles.size() - 1) <= 1)) {
            throw new IllegalArgumentException(
                    "cycle errors: expected %d numbers from 0 to 1 that grow, of at least one picture, found %s of %d"
                            .formatted(SHARES.size(), quantiles, pictures));
        }
    }

    /** For people: half of 40 held-out pictures are at most 0.031 off, 95 % at most 0.08. */
    public String describe() {
        return "of %d held-out pictures half come back to within %s, 95 %% to within %s"
                .formatted(pictures, quantiles.get(2), quantiles.get(SHARES.size() - 1));
    }
}
