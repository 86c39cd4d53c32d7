package dev.cyclestream.comparison.measure;

import java.util.Arrays;
import java.util.Locale;

/** A number that every pair has; distances are of samples in [-1, 1]. */
public enum Measure {

    /** Structural similarity of old and new: 1 for equal pictures. */
    SSIM("SSIM, old to new", -1, 1, true),

    /** Mean absolute distance between old and new. */
    L1("L1, old to new", 0, 2, false),

    /** Distance of the old output, translated back, to the input. */
    CYCLE_OLD("Cycle error, old", 0, 2, false),

    /** Distance of the new output, translated back, to the input. */
    CYCLE_NEW("Cycle error, new", 0, 2, false),

    /** The new output's cycle error less the old one's. */
    CYCLE_CHANGE("Cycle error, new less old", -2, 2, false);

    private final String title;
    private final double low;
    private final double high;
    private final boolean lowIsWorse;

    Measure(String title, double low, double high, boolean lowIsWorse) {
        this.title = title;
        this.low = low;
        this.high = high;
        this.lowIsWorse = lowIsWorse;
    }

    /**
     * Reads {@code cycle-new} and the like.
     *
     * @throws IllegalArgumentException if it is no measure
     */
    public static Measure parse(String text) {
        return Arrays.stream(values())
                .filter(measure -> measure.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected one of %s, found \"%s\"".formatted(Arrays.toString(values()), text)));
    }

    /** A label for people. */
    public String title() {
        return title;
    }

    Distribution distribution() {
        return new Distribution(low, high);
    }

    /** The larger, the worse. */
    double badness(double value) {
        return lowIsWorse ? -value : value;
    }

    /** True if it takes a checkpoint that translates back. */
    public boolean isOfCycle() {
        return this == CYCLE_OLD || this == CYCLE_NEW || this == CYCLE_CHANGE;
    }

    /** As options and files spell it: {@code cycle-new}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
