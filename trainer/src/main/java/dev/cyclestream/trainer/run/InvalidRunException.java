package dev.cyclestream.trainer.run;

/** A run folder that cannot be used as asked; the message says why. */
public final class InvalidRunException extends RuntimeException {

    public InvalidRunException(String message) {
        super(message);
    }
}
