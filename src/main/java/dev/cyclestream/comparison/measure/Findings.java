package dev.cyclestream.comparison.measure;

import dev.cyclestream.comparison.measure.PairFigures.Mark;
import dev.cyclestream.comparison.pairing.Both;
import dev.cyclestream.comparison.pairing.Pair;
import dev.cyclestream.picture.Fault;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** The measurements of all pairs together; of a size that does not grow with them. */
public final class Findings {

    /** More make no sense on one page; pairs of further ones are in all figures but in no row of their own. */
    private static final int MOST_CHECKPOINTS = 100;

    private final Map<Measure, Distribution> distributions = new EnumMap<>(Measure.class);
    private final Both<Map<Fault, Long>> faults = new Both<>(new EnumMap<>(Fault.class), new EnumMap<>(Fault.class));
    private final Map<Mark, Long> marks = new EnumMap<>(Mark.class);
    private final Map<InputState, Long> inputs = new EnumMap<>(InputState.class);
    private final Both<Map<Maker, Long>> makers = new Both<>(newMap(), newMap());
    private long pairs;

    public Findings() {
        for (Measure measure : Measure.values()) {
            distributions.put(measure, measure.distribution());
        }
    }

    private static Map<Maker, Long> newMap() {
        return new TreeMap<>(Comparator.comparing(Maker::toString));
    }

    public void add(Measured measured) {
        PairFigures figures = measured.figures();
        pairs++;
        distributions.forEach((measure, distribution) -> distribution.add(figures.get(measure)));
        figures.faults().ofOld().forEach(fault -> faults.ofOld().merge(fault, 1L, Long::sum));
        figures.faults().ofNew().forEach(fault -> faults.ofNew().merge(fault, 1L, Long::sum));
        figures.marks().forEach(mark -> marks.merge(mark, 1L, Long::sum));
        inputs.merge(measured.input(), 1L, Long::sum);
        count(makers.ofOld(), measured.pair().outputs().ofOld());
        count(makers.ofNew(), measured.pair().outputs().ofNew());
    }

    private static void count(Map<Maker, Long> counts, Pair.Image output) {
        output.provenance().map(Maker::of).ifPresent(maker -> {
            if (counts.containsKey(maker) || counts.size() < MOST_CHECKPOINTS) {
                counts.merge(maker, 1L, Long::sum);
            }
        });
    }

    /** Pairs that were compared. */
    public long pairs() {
        return pairs;
    }

    public Distribution distribution(Measure measure) {
        return distributions.get(measure);
    }

    /** Pairs of which each output was translated back. */
    public long cycles() {
        return distribution(Measure.CYCLE_NEW).count();
    }

    public Both<Long> faults(Fault fault) {
        return faults.map(counts -> counts.getOrDefault(fault, 0L));
    }

    public long marks(Mark mark) {
        return marks.getOrDefault(mark, 0L);
    }

    public long inputs(InputState state) {
        return inputs.getOrDefault(state, 0L);
    }

    /** The number of pairs that each checkpoint made one side of. */
    public Both<Map<Maker, Long>> makers() {
        return makers;
    }

    /** Of the pairs with an input, those whose new output has this fault. */
    double faultShare(Fault fault) {
        return share(faults(fault).ofNew(), inputs(InputState.THERE));
    }

    double markShare(Mark mark) {
        return share(marks(mark), pairs);
    }

    private static double share(long some, long all) {
        return all == 0 ? Double.NaN : (double) some / all;
    }
}
