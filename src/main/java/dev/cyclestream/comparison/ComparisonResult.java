package dev.cyclestream.comparison;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.comparison.measure.Findings;
import dev.cyclestream.comparison.measure.SelectedPairs;
import dev.cyclestream.comparison.measure.Threshold;
import dev.cyclestream.comparison.pairing.Both;
import dev.cyclestream.comparison.pairing.LeftOut;
import dev.cyclestream.comparison.pairing.SideSummary;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of a comparison: figures, the pairs to show, and the verdict.
 *
 * @param sides the two outputs
 * @param findings figures of the pairs
 * @param leftOut records that were not compared
 * @param selected pairs to show
 * @param settings that it was made with
 * @param reverse the checkpoint that translated the outputs back; empty if none did
 * @param thresholds a result for each threshold of the settings
 */
public record ComparisonResult(
        Both<SideSummary> sides,
        Findings findings,
        LeftOut leftOut,
        SelectedPairs selected,
        ComparisonSettings settings,
        Optional<Checkpoint> reverse,
        List<Threshold.Result> thresholds) {

    public ComparisonResult {
        thresholds = List.copyOf(thresholds);
    }

    /** Holds the findings against the thresholds of the settings. */
    public static ComparisonResult judged(
            Both<SideSummary> sides,
            Findings findings,
            LeftOut leftOut,
            SelectedPairs selected,
            ComparisonSettings settings,
            Optional<Checkpoint> reverse) {
        List<Threshold.Result> thresholds = settings.thresholds().stream()
                .map(threshold -> threshold.check(findings, leftOut))
                .toList();
        return new ComparisonResult(sides, findings, leftOut, selected, settings, reverse, thresholds);
    }

    /** Pairs that were compared. */
    public long pairs() {
        return findings.pairs();
    }

    /** A line for each threshold that is violated. */
    public List<String> violations() {
        return thresholds.stream()
                .filter(Threshold.Result::isViolated)
                .map(Threshold.Result::describe)
                .toList();
    }

    /** Records of both sides that are no translated images, each counted once. */
    public long passedOver() {
        long old = sides.ofOld().others().count();
        return sides.ofOld().name().equals(sides.ofNew().name())
                ? old
                : old + sides.ofNew().others().count();
    }
}
