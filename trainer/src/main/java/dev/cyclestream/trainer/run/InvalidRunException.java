package dev.cyclestream.trainer.run;

import dev.cyclestream.failure.WrongSetUpException;

/** A run folder that cannot be used as asked; the message says why. */
public final class InvalidRunException extends WrongSetUpException {

    public InvalidRunException(String message) {
        super(message);
    }
}
