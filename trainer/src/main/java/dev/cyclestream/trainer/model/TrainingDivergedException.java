package dev.cyclestream.trainer.model;

import dev.cyclestream.failure.UnavailableException;

/** A loss that is no finite number any more; the message names it and the step. */
public final class TrainingDivergedException extends UnavailableException {

    public TrainingDivergedException(String message) {
        super(message);
    }

    public TrainingDivergedException(String message, Throwable cause) {
        super(message, cause);
    }
}
