package dev.cyclestream.deadletter;

import java.util.Map;
import java.util.Optional;

/** The ledger of failures, by the input's position, and of what else the next owner of a partition must know. */
public interface FailureLedger extends AutoCloseable {
    /** Forgets everything when the process ends. */
    FailureLedger NONE = new FailureLedger() {
        @Override
        public Optional<Map<String, FailedRecord>> read() {
            return Optional.empty();
        }

        @Override
        public void write(Map<String, Optional<FailedRecord>> changes) {
            // Nothing is kept.
        }
    };

    /** All that was written down; empty if it cannot be read now. */
    Optional<Map<String, FailedRecord>> read();

    /** Writes down, or strikes out where there is no value; a ledger that cannot be written says so and goes on. */
    void write(Map<String, Optional<FailedRecord>> changes);

    @Override
    default void close() {
        // Nothing is held.
    }
}
