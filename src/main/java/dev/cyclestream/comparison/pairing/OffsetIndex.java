package dev.cyclestream.comparison.pairing;

import java.util.Arrays;

/**
 * An index of the translations of one source partition: for each source offset the output's partition and offset. Takes 20
 * bytes for each, and up to twice that while it grows.
 */
final class OffsetIndex {

    private static final int FIRST_SIZE = 64;

    private long[] sources = new long[FIRST_SIZE];
    private int[] partitions = new int[FIRST_SIZE];
    private long[] offsets = new long[FIRST_SIZE];
    private int size;
    private int home;
    private long replaced;
    private long scattered;

    /** Adds a translation; later ones of a partition come later. */
    void add(long source, int partition, long offset) {
        if (size == sources.length) {
            int larger = size * 2;
            sources = Arrays.copyOf(sources, larger);
            partitions = Arrays.copyOf(partitions, larger);
            offsets = Arrays.copyOf(offsets, larger);
        }
        sources[size] = source;
        partitions[size] = partition;
        offsets[size] = offset;
        size++;
    }

    /** This one, with the translations of another one that is not settled either. */
    OffsetIndex with(OffsetIndex other) {
        for (int index = 0; index < other.size; index++) {
            add(other.sources[index], other.partitions[index], other.offsets[index]);
        }
        return this;
    }

    /**
     * Brings it into the order of the source offsets, and keeps the latest translation of each. Between partitions there is
     * no later: there, the one wins that lies where the topology writes it today.
     *
     * @param homePartition where the topology writes translations of this source partition
     */
    void settle(int homePartition) {
        home = homePartition;
        if (!isInOrder()) {
            sort();
        }
        int kept = 0;
        for (int index = 0; index < size; index++) {
            boolean isLast = index + 1 == size || sources[index + 1] != sources[index];
            if (isLast) {
                sources[kept] = sources[index];
                partitions[kept] = partitions[index];
                offsets[kept] = offsets[index];
                kept++;
            } else {
                replaced++;
                scattered += partitions[index + 1] == partitions[index] ? 0 : 1;
            }
        }
        size = kept;
    }

    private boolean isInOrder() {
        for (int index = 1; index < size; index++) {
            if (compare(index - 1, index) > 0) {
                return false;
            }
        }
        return true;
    }

    private int compare(int left, int right) {
        if (sources[left] != sources[right]) {
            return Long.compare(sources[left], sources[right]);
        }
        if (partitions[left] == partitions[right]) {
            return Long.compare(offsets[left], offsets[right]);
        }
        if (partitions[left] == home || partitions[right] == home) {
            return partitions[left] == home ? 1 : -1;
        }
        return Integer.compare(partitions[left], partitions[right]);
    }

    /** A heap sort: in place, and quick in every case. */
    private void sort() {
        for (int root = size / 2 - 1; root >= 0; root--) {
            sink(root, size);
        }
        for (int end = size - 1; end > 0; end--) {
            swap(0, end);
            sink(0, end);
        }
    }

    private void sink(int start, int end) {
        int root = start;
        while (2 * root + 1 < end) {
            int child = 2 * root + 1;
            if (child + 1 < end && compare(child, child + 1) < 0) {
                child++;
            }
            if (compare(root, child) >= 0) {
                return;
            }
            swap(root, child);
            root = child;
        }
    }

    private void swap(int left, int right) {
        long source = sources[left];
        sources[left] = sources[right];
        sources[right] = source;
        int partition = partitions[left];
        partitions[left] = partitions[right];
        partitions[right] = partition;
        long offset = offsets[left];
        offsets[left] = offsets[right];
        offsets[right] = offset;
    }

    int size() {
        return size;
    }

    long source(int index) {
        return sources[index];
    }

    int partition(int index) {
        return partitions[index];
    }

    long offset(int index) {
        return offsets[index];
    }

    /** Translations that a later one of the same source offset took the place of. */
    long replaced() {
        return replaced;
    }

    /** Those of them that lie in another partition than their successor, so that nobody knows which is later. */
    long scattered() {
        return scattered;
    }
}
