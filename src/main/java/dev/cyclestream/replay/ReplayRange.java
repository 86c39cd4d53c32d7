package dev.cyclestream.replay;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which part of a topic is replayed, as people say it.
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
        if (from instanceof Edge.Offsets begin && to instanceof Edge.Offsets end) {
            requireSamePartitions(begin, end);
            begin.byPartition().forEach((partition, offset) -> {
                if (end.byPartition().get(partition) < offset) {
                    throw new IllegalArgumentException(
                            "--from, --to: partition %d: expected an end that is not before the beginning, found %d to %d"
                                    .formatted(
                                            partition, offset, end.byPartition().get(partition)));
                }
            });
        }
    }

    private static boolean isTurned(Edge from, Edge to) {
        if (from instanceof Edge.Offset begin && to instanceof Edge.Offset end) {
            return end.offset() < begin.offset();
        }
        if (from instanceof Edge.Time begin && to instanceof Edge.Time end) {
            return end.time().isBefore(begin.time());
        }
        boolean endsAtTheBeginning = to instanceof Edge.Earliest && !(from instanceof Edge.Earliest);
        return endsAtTheBeginning || (from instanceof Edge.Latest && to instanceof Edge.Now);
    }

    private static void requireSamePartitions(Edge.Offsets from, Edge.Offsets to) {
        if (!from.byPartition().keySet().equals(to.byPartition().keySet())) {
            throw new IllegalArgumentException("--from, --to: expected offsets of the same partitions, found %s and %s"
                    .formatted(
                            new TreeSet<>(from.byPartition().keySet()),
                            new TreeSet<>(to.byPartition().keySet())));
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
        if (edge instanceof Edge.Time time && time.time().isAfter(now)) {
            throw new IllegalArgumentException(
                    "%s: expected a time that has passed, found %s, and it is %s".formatted(option, time, now));
        }
    }

    /**
     * Which of a topic's partitions belong to the range.
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
        if (!(edge instanceof Edge.Offsets offsets)) {
            return all;
        }
        Map<Integer, Long> byPartition = offsets.byPartition();
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
