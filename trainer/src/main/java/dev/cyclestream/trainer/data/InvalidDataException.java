package dev.cyclestream.trainer.data;

/** A data set that cannot be trained on as it is; the message says which file, what was expected and what was found. */
public final class InvalidDataException extends RuntimeException {

    public InvalidDataException(String message) {
        super(message);
    }

    public InvalidDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
