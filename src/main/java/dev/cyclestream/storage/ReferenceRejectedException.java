package dev.cyclestream.storage;

import dev.cyclestream.failure.RejectedException;
import dev.cyclestream.failure.RejectionReason;

/** A reference that will never become an image here; the message says what was expected and what was found. */
public final class ReferenceRejectedException extends RejectedException {

    /** Why, as dead letters carry it. */
    public enum Reason implements RejectionReason {
        /** No store is set up for references of this kind. */
        UNSUPPORTED_REFERENCE,
        /** It points outside of the folders and buckets that may be read. */
        REFERENCE_NOT_ALLOWED,
        /** Nothing is there. */
        REFERENCE_NOT_FOUND,
        /** The stored bytes have another size or SHA-256. */
        REFERENCE_MISMATCH
    }

    ReferenceRejectedException(Reason reason, String message) {
        super(reason, message);
    }

    ReferenceRejectedException(Reason reason, String message, Throwable cause) {
        super(reason, message, cause);
    }
}
