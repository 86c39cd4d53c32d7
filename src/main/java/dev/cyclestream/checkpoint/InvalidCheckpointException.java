package dev.cyclestream.checkpoint;

import dev.cyclestream.failure.WrongSetUpException;

/** A file that is no checkpoint; the message says which file, what was expected and what was found. */
public final class InvalidCheckpointException extends WrongSetUpException {

    public InvalidCheckpointException(String message) {
        super(message);
    }

    public InvalidCheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
