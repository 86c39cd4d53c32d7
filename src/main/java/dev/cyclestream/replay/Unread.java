package dev.cyclestream.replay;

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
