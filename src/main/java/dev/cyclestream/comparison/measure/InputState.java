package dev.cyclestream.comparison.measure;

import java.util.Locale;

/** The fate of a pair's input. */
public enum InputState {
    THERE("there"),
    GONE("not in its topic any more"),
    ANOTHER("another image at its offset than the one that was translated"),
    UNREADABLE("cannot be read");

    private final String text;

    InputState(String text) {
        this.text = text;
    }

    /** A label for people. */
    public String text() {
        return text;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
