package dev.cyclestream.progress;

import dev.cyclestream.checkpoint.Maker;
import java.time.Duration;
import java.util.Optional;

/** Is told what becomes of inputs; called by many threads, and must not take long. */
public interface ProgressListener {

    /** Keeps nothing. */
    ProgressListener NONE = new ProgressListener() {};

    /**
     * An input whose offset is committed, with what was made of it in the same transaction.
     *
     * @param topic of the input
     * @param deadLetterReason code; empty if there is a result
     * @param latency since the record's timestamp; empty if it has none
     * @param maker what translated it, or was to; empty if that was not chosen
     */
    record CommittedInput(
            String topic, Optional<String> deadLetterReason, Optional<Duration> latency, Optional<Maker> maker) {}

    /** An input is done, and readers see what came of it. */
    default void committed(CommittedInput input) {}

    /** Something failed and is tried again. */
    default void retried(RetryCause cause) {}

    /**
     * Records were deleted from the log before this application had read them.
     *
     * @param offsets that are gone: a few of them may have been markers of transactions
     */
    default void expired(String topic, int partition, long offsets) {}

    /** Partitions are given out anew. */
    default void rebalanced() {}
}
