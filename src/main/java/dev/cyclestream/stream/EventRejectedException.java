package dev.cyclestream.stream;

/** An event that can never be translated, for a reason that is not in its image; the message says what was found. */
public final class EventRejectedException extends RuntimeException {

    /** Why, as dead letters carry it; see also {@link dev.cyclestream.image.ImageRejectedException.Reason}. */
    public enum Reason {
        /** The record's value is no image event: no Avro, an unknown schema, another record. */
        UNREADABLE_EVENT,
        /** The record has no value. */
        NO_EVENT,
        /** The translated image does not fit into a record of the output topic. */
        RESULT_TOO_LARGE
    }

    private final Reason reason;

    EventRejectedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
