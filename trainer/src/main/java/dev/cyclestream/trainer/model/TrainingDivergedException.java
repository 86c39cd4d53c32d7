package dev.cyclestream.trainer.model;

/** A loss that is no finite number any more; the message names it and the step. */
public final class TrainingDivergedException extends RuntimeException {

    public TrainingDivergedException(String message) {
        super(message);
    }

    public TrainingDivergedException(String message, Throwable cause) {
        super(message, cause);
    }
}
