package dev.cyclestream.option;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people give them: ISO 8601, and {@code PT20MS}, which ISO 8601 would write {@code PT0.02S}. */
public final class Durations {

    private static final Pattern MILLIS = Pattern.compile("PT(\\d{1,9})MS");

    private Durations() {}

    /**
     * Reads {@code PT5S} or {@code PT20MS}.
     *
     * @throws IllegalArgumentException if it is no length of time, or none at all
     */
    public static Duration parse(String text) {
        Matcher millis = MILLIS.matcher(text);
        Duration duration;
        try {
            duration = millis.matches() ? Duration.ofMillis(Long.parseLong(millis.group(1))) : Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "expected a duration such as PT5S or PT20MS, found \"%s\"".formatted(text), e);
        }
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("expected a duration of more than nothing, found " + text);
        }
        return duration;
    }
}
