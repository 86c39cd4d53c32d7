package dev.cyclestream.rollout.operation;

import dev.cyclestream.rollout.Activations;
import java.util.OptionalLong;

/**
 * The state of one input partition in a roll-out.
 *
 * @param position of the group: the offset of the next image
 * @param end of the log
 * @param activations that were committed
 */
public record PartitionState(int partition, long position, long end, Activations activations) {

    /** The number of the split that holds for the next image, unless a newer one begins with it. */
    public OptionalLong split() {
        return activations.at(Long.MAX_VALUE);
    }

    /** True if a split holds here, or a newer one; or nothing has come since, so that it begins with the next image. */
    public boolean isAt(long split) {
        return split().orElse(0) >= split || isIdle();
    }

    /** True if there is nothing to translate now. */
    public boolean isIdle() {
        return position >= end;
    }
}
