package dev.cyclestream.comparison.report;

import dev.cyclestream.option.OneLine;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text and templates of HTML. */
final class HtmlText {

    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z-]+)}}");

    private HtmlText() {}

    /** The text with all characters replaced that mean something in HTML, inside and outside of attributes, or mislead. */
    static String escape(String text) {
        return OneLine.shown(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** The template with each {@code {{name}}} replaced, once: what stands in a value stays as it is. */
    static String fill(String template, Map<String, String> values) {
        return PLACE.matcher(template).replaceAll(place -> {
            String value = values.get(place.group(1));
            if (value == null) {
                throw new IllegalStateException("template: nothing is known for " + place.group());
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
