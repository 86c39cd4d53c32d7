package dev.cyclestream.stream.client;

import java.util.Map;

/**
 * A run that ends: a replay of what a topic held when it was planned.
 *
 * @param name of the replay, for the provenance of what it makes
 * @param topic that is replayed
 * @param bounds by partition, the first offset that no longer belongs to the replay; partitions that are not named do not
 *     belong to it at all
 * @param pace at which this instance translates
 * @param losses is told of those
 */
public record BoundedRun(String name, String topic, Map<Integer, Long> bounds, Pace pace, Losses losses) {

    /** Hears of records that were deleted from the topic before they were read, on the thread that was to read them. */
    @FunctionalInterface
    public interface Losses {

        /**
         * They were there when the run was planned.
         *
         * @param from first offset that was not read
         * @param to first offset behind them
         */
        void deleted(int partition, long from, long to);
    }

    public BoundedRun {
        bounds = Map.copyOf(bounds);
    }

    /** The first offset of a partition that no longer belongs to the replay. */
    public long bound(int partition) {
        return bounds.getOrDefault(partition, 0L);
    }
}
