package dev.cyclestream.option;

import java.util.regex.Pattern;

/** Messages as people and logs see them: what strangers chose may hold line feeds, and what a terminal takes for commands. */
public final class OneLine {

    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");

    /** As above, but for what people of some languages need to write their own, and what joins two signs into one. */
    private static final Pattern MISLEADING =
            Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufeff]");

    private OneLine() {}

    /** The text with all that is not seen written out, as {@code \n} or <code>&#92;u001b</code>. */
    public static String of(String text) {
        return written(UNSEEN, text);
    }

    /** The text as a page shows it: with all written out that breaks lines, turns what is around it, or is not seen at all. */
    public static String shown(String text) {
        return written(MISLEADING, text);
    }

    private static String written(Pattern unseen, String text) {
        return unseen.matcher(text).replaceAll(found -> switch (found.group()) {
            case "\n" -> "\\\\n";
            case "\r" -> "\\\\r";
            case "\t" -> "\\\\t";
            default -> "\\\\u%04x".formatted(found.group().codePointAt(0));
        });
    }
}
