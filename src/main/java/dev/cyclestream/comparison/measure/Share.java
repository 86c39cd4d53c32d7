package dev.cyclestream.comparison.measure;

import dev.cyclestream.comparison.measure.PairFigures.Mark;
import dev.cyclestream.comparison.pairing.LeftOut;
import dev.cyclestream.picture.Fault;
import java.util.Locale;

/** A part of a whole, 0 to 1; not a number where the whole is nothing. Faults are those of the new outputs. */
public enum Share {
    BLANK_SHARE("new outputs that are blank, of those with an input"),
    UNCHANGED_SHARE("new outputs that are their input, of those with an input"),
    INVERTED_SHARE("new outputs with bright and dark exchanged, of those with an input"),
    IDENTICAL_SHARE("pairs that are equal, byte by byte"),
    SIZE_DIFFERS_SHARE("pairs of different sizes"),
    NO_INPUT_SHARE("pairs without an input"),
    MISSING_SHARE("what has no pair, of what ought to have one"),
    OUTSIDE_SHARE("what only one side covers, of that and the pairs");

    private final String text;

    Share(String text) {
        this.text = text;
    }

    public double of(Findings findings, LeftOut leftOut) {
        return switch (this) {
            case BLANK_SHARE -> findings.faultShare(Fault.BLANK);
            case UNCHANGED_SHARE -> findings.faultShare(Fault.UNCHANGED);
            case INVERTED_SHARE -> findings.faultShare(Fault.INVERTED);
            case IDENTICAL_SHARE -> findings.markShare(Mark.IDENTICAL);
            case SIZE_DIFFERS_SHARE -> findings.markShare(Mark.SIZE_DIFFERS);
            case NO_INPUT_SHARE -> findings.markShare(Mark.NO_INPUT);
            case MISSING_SHARE -> part(leftOut.missing(), findings.pairs());
            case OUTSIDE_SHARE -> part(leftOut.outside(), findings.pairs());
        };
    }

    private static double part(long some, long others) {
        return (double) some / (some + others);
    }

    /** A label for people. */
    public String text() {
        return text;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
