package dev.cyclestream.comparison;

import dev.cyclestream.comparison.measure.ShownPairs;
import dev.cyclestream.comparison.measure.Threshold;
import java.util.List;

/**
 * The settings of a comparison, beside the outputs.
 *
 * @param shown which pairs are shown
 * @param cycleEvery one pair of so many is translated back, where a checkpoint is given that does it
 * @param thresholds for the verdict
 * @param threads that measure
 */
public record ComparisonSettings(ShownPairs shown, int cycleEvery, List<Threshold> thresholds, int threads) {
    public ComparisonSettings {
        thresholds = List.copyOf(thresholds);
        if (cycleEvery < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    "cycle every, threads: expected at least 1, found %d, %d".formatted(cycleEvery, threads));
        }
    }
}
