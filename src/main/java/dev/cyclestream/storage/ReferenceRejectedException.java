package dev.cyclestream.storage;

import dev.cyclestream.failure.RejectedException;

/** A reference that will never become an image here; the message says what was expected and what was found. */
public final class ReferenceRejectedException extends RejectedException {

    /** Why, as dead letters carry it. */
    public enum Reason {
        /** No store is set up for references of this kind. */
        UNSUPPORTED_REFERENCE,
        /** It points outside of the folders and buckets that may be read. */
        REFERENCE_NOT_ALLOWED,
        /** Nothing is there. */
        REFERENCE_NOT_FOUND,
        /** The stored bytes have another size or SHA-256. */
        REFERENCE_MISMATCH
    }

    private final Reason reason;

    ReferenceRejectedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    ReferenceRejectedException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    @Override
    public String code() {
        return reason.name();
    }
}
