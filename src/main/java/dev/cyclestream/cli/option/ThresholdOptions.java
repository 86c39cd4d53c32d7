package dev.cyclestream.cli.option;

import dev.cyclestream.comparison.measure.Threshold;
import dev.cyclestream.comparison.measure.Threshold.Bound;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Options for the limits that a comparison must keep. */
public final class ThresholdOptions {

    @Option(
            names = "--fail-below",
            converter = Below.class,
            paramLabel = "NAME=NUMBER",
            split = ",",
            description = "Exit code 3 if this is lower: ssim=0.5, ssim.p05=0.3, ...; several with commas between.")
    private List<Threshold> failBelow = List.of();

    @Option(
            names = "--fail-above",
            converter = Above.class,
            paramLabel = "NAME=NUMBER",
            split = ",",
            description = "Exit code 3 if this is higher: l1=0.2, blank-share=0.01, ...; several with commas between.")
    private List<Threshold> failAbove = List.of();

    /** The limits, those from below first. */
    public List<Threshold> thresholds() {
        List<Threshold> thresholds = new ArrayList<>(failBelow);
        thresholds.addAll(failAbove);
        return thresholds;
    }

    private static final class Below extends OptionTypes.Parser<Threshold> {
        private Below() {
            super(text -> Threshold.parse(Bound.BELOW, text));
        }
    }

    private static final class Above extends OptionTypes.Parser<Threshold> {
        private Above() {
            super(text -> Threshold.parse(Bound.ABOVE, text));
        }
    }
}
