package dev.cyclestream.comparison.measure;

import dev.cyclestream.comparison.pairing.Both;
import dev.cyclestream.picture.Fault;
import java.util.Set;
import java.util.TreeSet;

/**
 * The measurements of a pair; distances are of samples in [-1, 1].
 *
 * @param l1 mean absolute distance between old and new: 0 to 2
 * @param ssim structural similarity of old and new: -1 to 1
 * @param cycle distance of each output, translated back, to the input; not a number where that was not tried
 * @param faults of each output; none where there is no input
 * @param marks what else is to be said of the pair
 */
public record PairFigures(double l1, double ssim, Both<Double> cycle, Both<Set<Fault>> faults, Set<Mark> marks) {

    /** A property of a pair beside its distances. */
    public enum Mark {
        /** The input is not there any more, so that there are no faults to be seen. */
        NO_INPUT("no-input"),
        /** The larger one was resized to be compared. */
        SIZE_DIFFERS("size-differs"),
        /** The encoded outputs are equal, byte by byte. */
        IDENTICAL("identical");

        private final String text;

        Mark(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    public PairFigures {
        marks = Set.copyOf(marks);
    }

    /** One of the measures of this pair. */
    public double get(Measure measure) {
        return switch (measure) {
            case SSIM -> ssim;
            case L1 -> l1;
            case CYCLE_OLD -> cycle.ofOld();
            case CYCLE_NEW -> cycle.ofNew();
            case CYCLE_CHANGE -> cycle.ofNew() - cycle.ofOld();
        };
    }

    /** All that a page may choose pairs by: {@code new-blank}, {@code size-differs}, ... */
    public Set<String> flags() {
        Set<String> flags = new TreeSet<>();
        faults.ofOld().forEach(fault -> flags.add("old-" + fault));
        faults.ofNew().forEach(fault -> flags.add("new-" + fault));
        marks.forEach(mark -> flags.add(mark.toString()));
        return flags;
    }
}
