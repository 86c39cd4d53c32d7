package dev.cyclestream.rollout;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** The offsets of one partition from which splits hold there. Both only grow: what has been decided stays so. For one thread. */
public final class Activations {

    private final NavigableMap<Long, Long> splits = new TreeMap<>();

    /**
     * Adds an activation.
     *
     * @param offset of the first record for which the split holds
     * @throws IllegalArgumentException if an activation at or behind it is there, or one of the same or a later split
     */
    public void add(long offset, long split) {
        if (!mayAdd(offset, split)) {
            throw new IllegalArgumentException("split %d from offset %d: expected both to be above those of split %s"
                    .formatted(split, offset, splits.lastEntry()));
        }
        splits.put(offset, split);
    }

    /** True if a split may begin to hold at an offset: it is newer than all, and nothing behind the offset was decided before. */
    public boolean mayAdd(long offset, long split) {
        return splits.isEmpty()
                || (offset > splits.lastKey() && split > splits.lastEntry().getValue());
    }

    /** The number of the split that holds at an offset; empty before the first one. */
    public OptionalLong at(long offset) {
        return splits.floorEntry(offset) == null
                ? OptionalLong.empty()
                : OptionalLong.of(splits.floorEntry(offset).getValue());
    }

    /**
     * The numbers of the splits that hold for some offset of a range; those before the first activation have none.
     *
     * @param from first offset
     * @param to first offset behind the range
     */
    public Set<Long> within(long from, long to) {
        Long before = splits.floorKey(from);
        long first = before == null ? from : before;
        return first < to ? new LinkedHashSet<>(splits.subMap(first, to).values()) : Set.of();
    }

    /** The offset from which a split holds; empty if it never has. */
    public OptionalLong offsetOf(long split) {
        return splits.entrySet().stream()
                .filter(entry -> entry.getValue() == split)
                .mapToLong(Map.Entry::getKey)
                .findFirst();
    }
}
