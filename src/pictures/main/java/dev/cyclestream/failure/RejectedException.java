package dev.cyclestream.failure;

/** An input that would fail again whatever else changes; the message says what was expected and what was found. */
public abstract class RejectedException extends RuntimeException {

    private final transient RejectionReason reason;

    protected RejectedException(RejectionReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    protected RejectedException(RejectionReason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public final RejectionReason reason() {
        return reason;
    }
}
