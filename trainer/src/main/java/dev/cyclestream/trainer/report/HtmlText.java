package dev.cyclestream.trainer.report;

/** Text as HTML shows it. */
final class HtmlText {

    private HtmlText() {}

    /** The text with all characters replaced that mean something in HTML, inside and outside of attributes. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
