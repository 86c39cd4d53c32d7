package dev.cyclestream.comparison.measure;

import java.util.Locale;

/** What became of the input of a pair. */
public enum InputState {
    THERE("there"),
    GONE("not in its topic any more"),
    ANOTHER("another image at its offset than the one that was translated"),
    UNREADABLE("cannot be read");

    private final String text;

    InputState(String text) {
        this.text = text;
    }

    /** What people read. */
    public String text() {
        return text;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
