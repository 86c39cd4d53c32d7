package dev.cyclestream.comparison.pairing;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Inputs that could not be compared, counted and listed by kind; lists are bounded, counts are not. */
public final class LeftOut {

    private static final int LONGEST_LIST = 1000;

    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private final Map<Kind, List<Entry>> lists = new EnumMap<>(Kind.class);

    /** Why there is no pair. */
    public enum Kind {
        ONLY_OLD("only in the old one"),
        ONLY_NEW("only in the new one"),
        OUTSIDE_NEW("old, before the first or after the last of the new one in its source partition"),
        OUTSIDE_OLD("new, before the first or after the last of the old one in its source partition"),
        DIFFERENT_INPUTS("made of different inputs at the same source offset"),
        UNREADABLE("with an image on one side that cannot be read"),
        GONE("deleted while it was being read"),
        AMBIGUOUS("an id that several files fit, or a file that several ids fit");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** A label for people. */
        public String text() {
            return text;
        }

        /** True if the other side ought to have had it. */
        boolean isMissing() {
            return this != OUTSIDE_NEW && this != OUTSIDE_OLD;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Something that is listed: one thing, or a range that grows. */
    private interface Entry {
        boolean includes(SourcePartition partition, long offset);
    }

    private record Name(String name) implements Entry {
        @Override
        public boolean includes(SourcePartition partition, long offset) {
            return false;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Offsets that came one after the other. */
    private static final class Offsets implements Entry {
        private final SourcePartition partition;
        private final long from;
        private long to;

        Offsets(SourcePartition partition, long offset) {
            this.partition = partition;
            this.from = offset;
            this.to = offset;
        }

        @Override
        public boolean includes(SourcePartition other, long offset) {
            if (!other.equals(partition) || offset != to + 1) {
                return false;
            }
            to = offset;
            return true;
        }

        @Override
        public String toString() {
            return from == to
                    ? "%s offset %d".formatted(partition, from)
                    : "%s offsets %d to %d".formatted(partition, from, to);
        }
    }

    public void add(Kind kind, SourcePosition source) {
        counts.merge(kind, 1L, Long::sum);
        List<Entry> list = lists.computeIfAbsent(kind, unused -> new ArrayList<>());
        boolean included = !list.isEmpty() && list.get(list.size() - 1).includes(source.partition(), source.offset());
        if (!included && list.size() < LONGEST_LIST) {
            list.add(new Offsets(source.partition(), source.offset()));
        }
    }

    public void add(Kind kind, String name) {
        counts.merge(kind, 1L, Long::sum);
        List<Entry> list = lists.computeIfAbsent(kind, unused -> new ArrayList<>());
        if (list.size() < LONGEST_LIST) {
            list.add(new Name(name));
        }
    }

    public long count(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /** Everything that one side lacks although it ought to have it, or that is not fit to be compared. */
    public long missing() {
        return sum(true);
    }

    /** Everything outside of what both sides cover. */
    public long outside() {
        return sum(false);
    }

    private long sum(boolean missing) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().isMissing() == missing)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** The first thousand ranges of offsets, or names. */
    public List<String> list(Kind kind) {
        return lists.getOrDefault(kind, List.of()).stream().map(Entry::toString).toList();
    }
}
