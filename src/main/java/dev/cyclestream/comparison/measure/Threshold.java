package dev.cyclestream.comparison.measure;

import dev.cyclestream.comparison.pairing.LeftOut;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A limit that a figure of a comparison must not fall below or rise above.
 *
 * @param name a measure, with a statistic behind a dot unless it is the mean; a share; or {@code pairs}
 * @param bound which side of the limit is a failure
 */
public record Threshold(String name, Bound bound, double limit) {

    private static final String PAIRS = "pairs";
    private static final Pattern TEXT = Pattern.compile("([a-z0-9.-]+)=(.+)");

    /** The side of a limit that is a failure. */
    public enum Bound {
        BELOW,
        ABOVE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Threshold {
        if (!isKnown(name)) {
            throw new IllegalArgumentException("expected one of %s, found \"%s\"".formatted(names(), name));
        }
        if (!Double.isFinite(limit)) {
            throw new IllegalArgumentException("expected a number behind %s=, found %s".formatted(name, limit));
        }
    }

    /**
     * Reads {@code ssim=0.5} or {@code ssim.p05=0.3}.
     *
     * @throws IllegalArgumentException if it is no threshold; the message says which there are
     */
    public static Threshold parse(Bound bound, String text) {
        Matcher matcher = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected NAME=NUMBER such as ssim=0.5, found \"%s\"".formatted(text));
        }
        try {
            return new Threshold(matcher.group(1), bound, Double.parseDouble(matcher.group(2)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "expected a number behind %s=, found \"%s\"".formatted(matcher.group(1), matcher.group(2)), e);
        }
    }

    /** All names, for people. */
    public static String names() {
        return "%s (each with .%s; %s by default), %s, %s"
                .formatted(
                        join(Measure.values()),
                        Arrays.stream(Statistic.values()).map(Object::toString).collect(Collectors.joining(" .")),
                        Statistic.MEAN,
                        join(Share.values()),
                        PAIRS);
    }

    private static String join(Object[] values) {
        return Stream.of(values).map(Object::toString).collect(Collectors.joining(", "));
    }

    private static boolean isKnown(String name) {
        return name.equals(PAIRS)
                || share(name).isPresent()
                || (measure(name).isPresent() && statistic(name).isPresent());
    }

    private static Optional<Measure> measure(String name) {
        String measure = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
        return find(Measure.values(), measure);
    }

    private static Optional<Statistic> statistic(String name) {
        return name.contains(".")
                ? find(Statistic.values(), name.substring(name.indexOf('.') + 1))
                : Optional.of(Statistic.MEAN);
    }

    private static Optional<Share> share(String name) {
        return find(Share.values(), name);
    }

    private static <T> Optional<T> find(T[] values, String name) {
        return Arrays.stream(values)
                .filter(value -> value.toString().equals(name))
                .findFirst();
    }

    /** True if it takes a checkpoint that translates back. */
    public boolean isOfCycle() {
        return measure(name).map(Measure::isOfCycle).orElse(false);
    }

    /** Compares; with nothing to compare, or with what is not a number, every threshold is violated. */
    public Result check(Findings findings, LeftOut leftOut) {
        double found = value(findings, leftOut);
        boolean holds = bound == Bound.BELOW ? found >= limit : found <= limit;
        return new Result(this, found, findings.pairs() == 0 || !holds);
    }

    private double value(Findings findings, LeftOut leftOut) {
        if (name.equals(PAIRS)) {
            return findings.pairs();
        }
        Optional<Share> share = share(name);
        return share.isPresent()
                ? share.get().of(findings, leftOut)
                : statistic(name)
                        .orElseThrow()
                        .of(findings.distribution(measure(name).orElseThrow()));
    }

    /** As short as it can be said. */
    public static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.5f", value).replaceAll("0+$", "");
    }

    /** A threshold and what was found. */
    public record Result(Threshold threshold, double found, boolean isViolated) {

        /** {@code ssim.p05: expected at least 0.3, found 0.21}. */
        public String describe() {
            return "%s: expected at %s %s, found %s"
                    .formatted(
                            threshold.name(),
                            threshold.bound() == Bound.BELOW ? "least" : "most",
                            number(threshold.limit()),
                            Double.isNaN(found) ? "nothing to measure" : number(found));
        }
    }
}
