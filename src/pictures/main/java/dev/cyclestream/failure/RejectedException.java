package dev.cyclestream.failure;

/** An input that would fail again whatever else changes; the message says what was expected and what was found. */
public abstract class RejectedException extends RuntimeException {

    protected RejectedException(String message) {
        super(message);
    }

    protected RejectedException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The reason, as dead letters carry it. */
    public abstract String code();
}
