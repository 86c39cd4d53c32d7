package dev.cyclestream.comparison.measure;

import dev.cyclestream.picture.Picture;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a generator is known to do instead of translating, seen from an output and its input. */
public enum Fault {

    /** The output is almost of one brightness, and the input is not. */
    BLANK,

    /** The output is its input. */
    UNCHANGED,

    /** What is bright in the input is dark in the output. */
    INVERTED;

    /** Of 255: below it, nothing can be made out. */
    private static final double BLANK_DEVIATION = 5;

    /** A pale input may well have a pale output. */
    private static final double BLANK_PART = 0.25;

    /** Four of 255: what JPEG does to a copy. */
    private static final double UNCHANGED_L1 = 0.03;

    private static final double UNCHANGED_SSIM = 0.95;

    private static final double INVERTED_CORRELATION = -0.5;

    /**
     * The faults of an output.
     *
     * @param input of the same size
     */
    static Set<Fault> of(Picture output, Picture input) {
        Set<Fault> faults = EnumSet.noneOf(Fault.class);
        Luma bright = new Luma(output);
        Luma inputBright = new Luma(input);
        if (bright.deviation() < BLANK_DEVIATION && bright.deviation() < BLANK_PART * inputBright.deviation()) {
            faults.add(BLANK);
        }
        if (PictureDistance.l1(output, input) <= UNCHANGED_L1
                && PictureDistance.ssim(output, input) >= UNCHANGED_SSIM) {
            faults.add(UNCHANGED);
        }
        if (!faults.contains(BLANK) && bright.correlation(inputBright) <= INVERTED_CORRELATION) {
            faults.add(INVERTED);
        }
        return faults;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
