package dev.cyclestream.checkpoint;

/** A file that is no checkpoint; the message says which file, what was expected and what was found. */
public final class InvalidCheckpointException extends RuntimeException {

    public InvalidCheckpointException(String message) {
        super(message);
    }

    public InvalidCheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
