package dev.cyclestream.checkpoint;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The numbers that stand for the darkest and the brightest sample of an image. */
public enum ValueRange {
    ZERO_TO_ONE("0..1", 0, 1),
    ZERO_TO_255("0..255", 0, 255),
    MINUS_ONE_TO_ONE("-1..1", -1, 1);

    private final String text;
    private final float darkest;
    private final float brightest;

    ValueRange(String text, float darkest, float brightest) {
        this.text = text;
        this.darkest = darkest;
        this.brightest = brightest;
    }

    /**
     * Reads {@code 0..1}, {@code 0..255} or {@code -1..1}.
     *
     * @throws IllegalArgumentException if the text is none of them
     */
    public static ValueRange parse(String text) {
        return Arrays.stream(values())
                .filter(range -> range.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("range of values: expected %s, found \"%s\""
                        .formatted(
                                Arrays.stream(values())
                                        .map(ValueRange::toString)
                                        .collect(Collectors.joining(" or ")),
                                text)));
    }

    public float darkest() {
        return darkest;
    }

    public float brightest() {
        return brightest;
    }

    /** The step from one of 256 values to the next. */
    public float step() {
        return (brightest - darkest) / 255;
    }

    @Override
    public String toString() {
        return text;
    }
}
