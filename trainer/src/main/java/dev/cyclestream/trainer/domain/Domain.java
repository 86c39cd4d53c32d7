package dev.cyclestream.trainer.domain;

import java.util.Locale;

/** One of two piles of pictures; people read its name. */
public enum Domain {
    A,
    B;

    /** The spelling in flags, and in names of columns, tags and files: {@code a}. */
    public String suffix() {
        return name().toLowerCase(Locale.ROOT);
    }
}
