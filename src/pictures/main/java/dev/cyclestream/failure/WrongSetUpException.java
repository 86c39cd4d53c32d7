package dev.cyclestream.failure;

/** A set-up that the user can mend; the message says what was expected and what was found. */
public abstract class WrongSetUpException extends RuntimeException {

    protected WrongSetUpException(String message) {
        super(message);
    }

    protected WrongSetUpException(String message, Throwable cause) {
        super(message, cause);
    }
}
