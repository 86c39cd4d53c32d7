package dev.cyclestream.replay.comparison;

import java.util.Locale;

/** What became of the input of a pair. */
enum InputState {
    THERE("there"),
    GONE("not in its topic any more"),
    ANOTHER("another image at its offset than the one that was translated"),
    UNREADABLE("cannot be read");

    private final String text;

    InputState(String text) {
        this.text = text;
    }

    /** What people read. */
    String text() {
        return text;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
