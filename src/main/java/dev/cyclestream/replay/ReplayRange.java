package dev.cyclestream.replay;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The part of a topic that is replayed, as people say it.
 *
 * @param from where it begins
 * @param to where it ends: what lies there is not replayed
 */
public record ReplayRange(Edge from, Edge to) {

    public ReplayRange {
        if (isTurned(from, to)) {
            throw new IllegalArgumentException(
                    "--from, --to: expected an end that is not before the beginning, found %s to %s"
                            .formatted(from, to));
        }
        Optional<Map<Integer, Long>> end = to.namedOffsets();
        from.namedOffsets().ifPresent(begin -> end.ifPresent(last -> requireForward(begin, last)));
    }

    private static void requireForward(Map<Integer, Long> begin, Map<Integer, Long> end) {
        requireSamePartitions(begin.keySet(), end.keySet());
        begin.forEach((partition, offset) -> {
            if (end.get(partition) < offset) {
                throw new IllegalArgumentException(
                        "--from, --to: partition %d: expected an end that is not before the beginning, found %d to %d"
                                .formatted(partition, offset, end.get(partition)));
            }
        });
    }

    private static boolean isTurned(Edge from, Edge to) {
        if (from.sameOffset().isPresent() && to.sameOffset().isPresent()) {
            return to.sameOffset().get() < from.sameOffset().get();
        }
        if (from.instant().isPresent() && to.instant().isPresent()) {
            return to.instant().get().isBefore(from.instant().get());
        }
        Edge earliest = new Edge.Earliest();
        boolean endsAtTheBeginning = to.equals(earliest) && !from.equals(earliest);
        return endsAtTheBeginning || (from.equals(new Edge.Latest()) && to.equals(new Edge.Now()));
    }

    private static void requireSamePartitions(Set<Integer> from, Set<Integer> to) {
        if (!from.equals(to)) {
            throw new IllegalArgumentException("--from, --to: expected offsets of the same partitions, found %s and %s"
                    .formatted(new TreeSet<>(from), new TreeSet<>(to)));
        }
    }

    /**
     * Makes sure that the range lies in the past: what is still to come has no offsets yet.
     *
     * @throws IllegalArgumentException if not
     */
    public void requirePast(Instant now) {
        requirePast("--from", from, now);
        requirePast("--to", to, now);
    }

    private static void requirePast(String option, Edge edge, Instant now) {
        if (edge.instant().filter(time -> time.isAfter(now)).isPresent()) {
            throw new IllegalArgumentException(
                    "%s: expected a time that has passed, found %s, and it is %s".formatted(option, edge, now));
        }
    }

    /**
     * The partitions of a topic that belong to the range.
     *
     * @throws IllegalArgumentException if it names one that the topic does not have
     */
    Set<Integer> partitions(String topic, Set<Integer> all) {
        Set<Integer> chosen = new TreeSet<>(all);
        chosen.retainAll(named(topic, "--from", from, all));
        chosen.retainAll(named(topic, "--to", to, all));
        return chosen;
    }

    private static Set<Integer> named(String topic, String option, Edge edge, Set<Integer> all) {
        if (edge.namedOffsets().isEmpty()) {
            return all;
        }
        Map<Integer, Long> byPartition = edge.namedOffsets().get();
        Set<Integer> unknown = new TreeSet<>(byPartition.keySet());
        unknown.removeAll(all);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("%s: %s has partitions 0 to %d, found offsets of %s"
                    .formatted(option, topic, all.size() - 1, unknown));
        }
        return byPartition.keySet();
    }

    @Override
    public String toString() {
        return from + " to " + to;
    }
}
