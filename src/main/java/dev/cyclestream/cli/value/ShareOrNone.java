package dev.cyclestream.cli.value;

import java.util.regex.Pattern;

/**
 * A part of all, or nothing of it.
 *
 * @param fraction 0 to 1
 */
public record ShareOrNone(double fraction) {

    private static final Pattern NONE = Pattern.compile("0(\\.0+)?%?");

    /**
     * Reads {@code 0}, {@code 5%} or {@code 0.05}.
     *
     * @throws IllegalArgumentException if it is none of them, or more than all
     */
    public static ShareOrNone parse(String text) {
        try {
            return new ShareOrNone(
                    NONE.matcher(text).matches() ? 0 : Share.parse(text).fraction());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "expected 0, or a share such as 5%% or 0.05, at most 100%%, found \"%s\"".formatted(text), e);
        }
    }
}
