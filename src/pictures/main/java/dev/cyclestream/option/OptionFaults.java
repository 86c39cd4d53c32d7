package dev.cyclestream.option;

import java.lang.reflect.AnnotatedElement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Faults of the values of options: what was expected, and what was found. */
public final class OptionFaults {

    private OptionFaults() {}

    /**
     * The first fault of what an option was given; empty if there is none.
     *
     * @param declared where the option is declared, with its {@link Range} if it has one
     * @param value may be none, an {@link Optional} or a collection of several
     */
    public static Optional<String> of(AnnotatedElement declared, Object value) {
        return ofRange(declared, value)
                .or(() -> values(value)
                        .filter(Place.class::isInstance)
                        .flatMap(place -> ((Place) place).fault().stream())
                        .findFirst());
    }

    /** The first fault of numbers, durations and sizes, wherever the option's files may be. */
    public static Optional<String> ofRange(AnnotatedElement declared, Object value) {
        Range range = declared.getAnnotation(Range.class);
        return range == null
                ? Optional.empty()
                : values(value).flatMap(each -> ofRange(range, each).stream()).findFirst();
    }

    private static Stream<?> values(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.stream();
        }
        return value instanceof Collection<?> several ? several.stream() : Stream.ofNullable(value);
    }

    private static Optional<String> ofRange(Range range, Object value) {
        boolean fits = isFinite(value)
                && compare(value, range.from(), 1) >= 0
                && compare(value, range.above(), 1) > 0
                && compare(value, range.to(), -1) <= 0
                && compare(value, range.below(), -1) < 0
                && (range.multipleOf() == 1 || ((Number) value).longValue() % range.multipleOf() == 0);
        return fits ? Optional.empty() : Optional.of("expected %s, found %s".formatted(describe(range), value));
    }

    /** The range in words. */
    private static String describe(Range range) {
        List<String> words = new ArrayList<>();
        if (!range.from().isEmpty() && !range.to().isEmpty()) {
            words.add(range.from() + " to " + range.to());
        } else {
            add(words, "at least", range.from());
            add(words, "at most", range.to());
        }
        add(words, "more than", range.above());
        add(words, "less than", range.below());
        if (range.multipleOf() != 1) {
            words.add("a multiple of " + range.multipleOf());
        }
        return words.isEmpty() ? "a number" : String.join(" and ", words);
    }

    private static void add(List<String> words, String relation, String bound) {
        if (!bound.isEmpty()) {
            words.add(relation + " " + bound);
        }
    }

    private static boolean isFinite(Object value) {
        return !(value instanceof Double || value instanceof Float) || Double.isFinite(((Number) value).doubleValue());
    }

    /** As {@link Comparable} does, and {@code otherwise} where there is no bound. */
    private static int compare(Object value, String bound, int otherwise) {
        if (bound.isEmpty()) {
            return otherwise;
        }
        if (value instanceof Duration duration) {
            return duration.compareTo(Duration.parse(bound));
        }
        if (value instanceof ByteSize size) {
            return Long.compare(size.bytes(), ByteSize.parse(bound).bytes());
        }
        if (value instanceof Double || value instanceof Float) {
            return Double.compare(Double.parseDouble(value.toString()), Double.parseDouble(bound));
        }
        return Long.compare(((Number) value).longValue(), Long.parseLong(bound));
    }
}
