package dev.cyclestream.verification;

import dev.cyclestream.verification.Verdict.Obstacle;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The number of outputs by verdict. */
public final class Tally {

    private final Map<Obstacle, Long> notChecked = new EnumMap<>(Obstacle.class);
    private long equal;
    private long different;

    void add(Verdict verdict) {
        if (verdict instanceof Verdict.NotChecked found) {
            notChecked.merge(found.why(), 1L, Long::sum);
        } else if (verdict instanceof Verdict.Different) {
            different++;
        } else {
            equal++;
        }
    }

    /** Outputs that were made again. */
    public long checked() {
        return equal + different;
    }

    /** Outputs that are not what was made again. */
    public long different() {
        return different;
    }

    /** Outputs that could not be made again. */
    public long notChecked() {
        return notChecked.values().stream().mapToLong(Long::longValue).sum();
    }

    /** For people: how many of each, and for those that were not checked why. */
    @Override
    public String toString() {
        String counts = "%d outputs checked, %d equal, %d differ, %d not checked"
                .formatted(checked(), equal, different, notChecked());
        return notChecked.isEmpty()
                ? counts
                : notChecked.entrySet().stream()
                        .map(entry -> "%d: %s".formatted(entry.getValue(), entry.getKey()))
                        .collect(Collectors.joining("; ", counts + " (", ")"));
    }
}
