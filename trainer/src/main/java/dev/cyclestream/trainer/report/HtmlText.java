package dev.cyclestream.trainer.report;

import dev.cyclestream.option.OneLine;

/** Text as HTML shows it. */
final class HtmlText {

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
}
