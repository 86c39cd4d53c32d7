package dev.cyclestream.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The extent of each partition of a topic at one time, and the place of a range's edges in it.
 *
 * @param topic its name
 * @param begin by partition, the oldest offset that it still held
 * @param end by partition, the offset behind the newest record, those of open transactions included
 */
record TopicExtent(String topic, Map<Integer, Long> begin, Map<Integer, Long> end) {

    private static final String DELETED = "deleted from the topic before the replay was planned";

    TopicExtent {
        begin = Map.copyOf(begin);
        end = Map.copyOf(end);
    }

    /**
     * The offset of an edge in each partition, also where nothing is there any more.
     *
     * @param since of a time, by partition, the first record that is not older; partitions that have none are missing
     */
    Map<Integer, Long> locate(Edge edge, Map<Integer, Long> since) {
        return edge.fold(new Edge.Cases<>(
                () -> new TreeMap<>(begin),
                () -> new TreeMap<>(end),
                () -> new TreeMap<>(end),
                this::everywhere,
                this::orEnd,
                time -> orEnd(since)));
    }

    private Map<Integer, Long> everywhere(long offset) {
        Map<Integer, Long> located = new TreeMap<>(end);
        located.replaceAll((partition, last) -> offset);
        return located;
    }

    private Map<Integer, Long> orEnd(Map<Integer, Long> some) {
        Map<Integer, Long> located = new TreeMap<>(end);
        located.putAll(some);
        return located;
    }

    /**
     * Makes sure that an edge is not behind the end: what is still to come cannot be planned.
     *
     * @param partitions of the range
     * @throws IllegalArgumentException if it is
     */
    void requireThere(String option, Edge edge, Set<Integer> partitions) {
        if (edge.sameOffset().isEmpty() && edge.namedOffsets().isEmpty()) {
            return;
        }
        Map<Integer, Long> located = locate(edge, Map.of());
        for (int partition : partitions) {
            if (located.get(partition) > end.get(partition)) {
                throw new IllegalArgumentException(
                        "%s: expected offsets that are there, found %d, and partition %d of %s ends at %d; take latest, or the offsets of partitions such as %d:%d"
                                .formatted(
                                        option,
                                        located.get(partition),
                                        partition,
                                        topic,
                                        end.get(partition),
                                        partition,
                                        end.get(partition)));
            }
        }
    }

    /**
     * The part of a range that was deleted before anybody could plan it.
     *
     * @param partitions of the range
     * @param edge where the range begins
     * @param from where that is in each partition
     * @param to where the range ends there
     */
    List<Unread> deleted(Set<Integer> partitions, Edge edge, Map<Integer, Long> from, Map<Integer, Long> to) {
        List<Unread> deleted = new ArrayList<>();
        for (int partition : partitions) {
            long first = begin.get(partition);
            long asked = from.get(partition);
            long last = Math.min(first, to.get(partition));
            if (edge.instant().isPresent() && asked <= first && first > 0) {
                // The oldest record that is left is not too old: those before it may not have been, either.
                deleted.add(new Unread(
                        partition, 0, first, DELETED + ", nobody knows how many of them belong to the range"));
            } else if (asked < last) {
                deleted.add(new Unread(partition, asked, last, DELETED));
            }
        }
        return deleted;
    }

    /** The nearest offset that the partition holds, or its end. */
    long within(int partition, long offset) {
        return Math.min(Math.max(offset, begin.get(partition)), end.get(partition));
    }
}
