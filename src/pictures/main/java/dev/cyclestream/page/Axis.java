package dev.cyclestream.page;

import java.util.Locale;

/** Ticks of plots, and their numbers as SVG takes them whatever the language of the machine. */
final class Axis {

    private Axis() {}

    /** 1, 2 or 5 times a power of ten, so that about as many ticks fit. */
    static double tickStep(double range, int ticks) {
        double power = Math.pow(10, Math.floor(Math.log10(range / ticks)));
        for (int factor : new int[] {1, 2, 5}) {
            if (range / (factor * power) <= ticks + 1) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
