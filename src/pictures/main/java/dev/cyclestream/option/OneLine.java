package dev.cyclestream.option;

import java.util.regex.Pattern;

/** Messages as people and logs see them: what strangers chose may hold line feeds, and what a terminal takes for commands. */
public final class OneLine {

    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");

    private OneLine() {}

    /** The text with all that is not seen written out, as {@code \n} or <code>&#92;u001b</code>. */
    public static String of(String text) {
        return UNSEEN.matcher(text).replaceAll(found -> switch (found.group()) {
            case "\n" -> "\\\\n";
            case "\r" -> "\\\\r";
            case "\t" -> "\\\\t";
            default -> "\\\\u%04x".formatted(found.group().codePointAt(0));
        });
    }
}
