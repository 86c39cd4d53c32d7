package dev.cyclestream.replay;

/**
 * The part of a partition that is replayed.
 *
 * @param partition of the source topic
 * @param from first offset
 * @param to first offset that is not replayed; right behind a record that can be read, so that whoever has read that record is
 *     at the end: what transactions and compaction leave between records cannot be waited for
 */
public record PartitionRange(int partition, long from, long to) {

    public PartitionRange {
        if (partition < 0 || from < 0 || to < from) {
            throw new IllegalArgumentException(
                    "partition %d: expected a range of offsets, found %d to %d".formatted(partition, from, to));
        }
    }

    /** Offsets in the range. */
    public long length() {
        return to - from;
    }

    /** Offsets of the range that lie before a position. */
    long before(long position) {
        return Math.max(0, Math.min(position, to) - from);
    }
}
