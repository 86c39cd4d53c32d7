package dev.cyclestream.rollout.live;

import org.apache.kafka.common.errors.RetriableException;

/** A checkpoint that a partition needs and that is not loaded yet: nothing is committed, and the record is read again. */
public final class CheckpointNotLoadedException extends RetriableException {

    private static final long serialVersionUID = 1L;

    CheckpointNotLoadedException(String message) {
        super(message);
    }
}
