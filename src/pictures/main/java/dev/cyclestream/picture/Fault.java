package dev.cyclestream.picture;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** A thing that generators are known to do instead of translating, seen from an output and its input. */
public enum Fault {

    /** The output is almost of one brightness, and the input is not. */
    BLANK,

    /** The output is its input. */
    UNCHANGED,

    /** Bright parts of the input are dark in the output. */
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
    public static Set<Fault> of(Picture output, Picture input) {
        Set<Fault> faults = EnumSet.noneOf(Fault.class);
        Luma bright = new Luma(output);
        Luma inputBright = new Luma(input);
        if (bright.deviation() < BLANK_DEVIATION && bright.deviation() < BLANK_PART * inputBright.deviation()) {
            faults.add(BLANK);
        }
        if (isUnchanged(output, input)) {
            faults.add(UNCHANGED);
        }
        if (!faults.contains(BLANK) && bright.correlation(inputBright) <= INVERTED_CORRELATION) {
            faults.add(INVERTED);
        }
        return faults;
    }

    /** Pictures that are too small for a structure are judged by their colours alone. */
    private static boolean isUnchanged(Picture output, Picture input) {
        boolean hasStructure = Math.min(input.width(), input.height()) >= PictureDistance.WINDOW;
        return PictureDistance.l1(output, input) <= UNCHANGED_L1
                && (!hasStructure || PictureDistance.ssim(output, input) >= UNCHANGED_SSIM);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
