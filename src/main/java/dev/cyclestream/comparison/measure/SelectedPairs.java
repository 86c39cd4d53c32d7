package dev.cyclestream.comparison.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** The pairs that a page shows: the worst, and some drawn at random. Holds no more than these. */
public final class SelectedPairs {

    private final Measure worstBy;
    private final int worstCount;
    private final int randomCount;
    private final PriorityQueue<Measured> worst;
    private final List<Measured> random = new ArrayList<>();
    private final SplittableRandom dice;
    private long seen;

    public SelectedPairs(ShownPairs choice) {
        worstBy = choice.worstBy();
        worstCount = choice.worst();
        randomCount = choice.random();
        dice = new SplittableRandom(choice.seed());
        worst = new PriorityQueue<>(fromGoodToBad());
    }

    /** Of equally bad ones the earlier is the worse, so that the choice is the same every time. */
    private Comparator<Measured> fromGoodToBad() {
        return Comparator.comparingDouble(this::badness)
                .thenComparing(Comparator.comparingLong(Measured::number).reversed());
    }

    private double badness(Measured measured) {
        return worstBy.badness(measured.figures().get(worstBy));
    }

    /** Offers a pair; those with no such measure are never among the worst. */
    public void offer(Measured measured) {
        boolean isBad = !Double.isNaN(badness(measured))
                && (worst.size() < worstCount
                        || (worstCount > 0 && fromGoodToBad().compare(measured, worst.peek()) > 0));
        long place = seen < randomCount ? seen : dice.nextLong(seen + 1);
        boolean isDrawn = randomCount > 0 && place < randomCount;
        seen++;
        if (!isBad && !isDrawn) {
            return;
        }
        Measured shown = measured.forPage();
        if (isBad) {
            worst.add(shown);
            if (worst.size() > worstCount) {
                worst.remove();
            }
        }
        if (isDrawn) {
            if (place == random.size()) {
                random.add(shown);
            } else {
                random.set((int) place, shown);
            }
        }
    }

    /** The worst first. */
    public List<Measured> worst() {
        return worst.stream().sorted(fromGoodToBad().reversed()).toList();
    }

    /** In the order of the inputs. */
    public List<Measured> random() {
        return random.stream()
                .sorted(Comparator.comparingLong(Measured::number))
                .toList();
    }
}
