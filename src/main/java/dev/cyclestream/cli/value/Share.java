package dev.cyclestream.cli.value;

import java.util.regex.Pattern;

/**
 * A part of the keys.
 *
 * @param fraction above 0, up to 1
 */
public record Share(double fraction) {

    private static final Pattern PERCENT = Pattern.compile("\\d{1,3}(\\.\\d+)?%");
    private static final Pattern FRACTION = Pattern.compile("[01](\\.\\d+)?|\\.\\d+");
    private static final double HUNDRED = 100;

    /**
     * Reads {@code 5%} or {@code 0.05}.
     *
     * @throws IllegalArgumentException if it is neither, 0, or more than all
     */
    public static Share parse(String text) {
        double fraction = 0;
        if (PERCENT.matcher(text).matches()) {
            fraction = Double.parseDouble(text.substring(0, text.length() - 1)) / HUNDRED;
        } else if (FRACTION.matcher(text).matches()) {
            fraction = Double.parseDouble(text);
        }
        if (!(fraction > 0 && fraction <= 1)) {
            throw new IllegalArgumentException(
                    "expected a share above 0 such as 5%% or 0.05, at most 100%%, found \"%s\"".formatted(text));
        }
        return new Share(fraction);
    }

    @Override
    public String toString() {
        return describe(fraction);
    }

    /** A share for people: {@code 5 %}. */
    public static String describe(double fraction) {
        double percent = fraction * HUNDRED;
        return percent == Math.rint(percent) ? "%d %%".formatted((long) percent) : "%s %%".formatted(percent);
    }
}
