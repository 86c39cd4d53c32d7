package dev.cyclestream.replay;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Offsets of a range that a replay could not read.
 *
 * @param partition of the source topic
 * @param from first offset
 * @param to first offset behind them
 * @param why for people
 */
public record Unread(int partition, long from, long to, String why) {

    /** The same offsets, each once: instances that follow one another may have met the same gap from different places. */
    static List<Unread> merged(List<Unread> unread) {
        Deque<Unread> merged = new ArrayDeque<>();
        unread.stream()
                .sorted(Comparator.comparingInt(Unread::partition).thenComparingLong(Unread::from))
                .forEach(part -> {
                    boolean touches = !merged.isEmpty() && merged.getLast().touches(part);
                    merged.add(touches ? merged.removeLast().and(part) : part);
                });
        return List.copyOf(merged);
    }

    private boolean touches(Unread next) {
        return partition == next.partition && why.equals(next.why) && next.from <= to;
    }

    private Unread and(Unread next) {
        return new Unread(partition, from, Math.max(to, next.to), why);
    }

    /** For people: how many, which and why. */
    public static String describe(List<Unread> unread) {
        long offsets =
                unread.stream().mapToLong(part -> part.to() - part.from()).sum();
        return unread.stream()
                .map(Unread::toString)
                .collect(Collectors.joining("; ", "%d offsets that were not read: ".formatted(offsets), ""));
    }

    @Override
    public String toString() {
        return "partition %d, %d to %d: %s".formatted(partition, from, to - 1, why);
    }
}
