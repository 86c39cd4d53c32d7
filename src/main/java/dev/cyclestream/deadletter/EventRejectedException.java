package dev.cyclestream.deadletter;

import dev.cyclestream.failure.RejectedException;
import dev.cyclestream.failure.RejectionReason;

/** An event that can never be translated, for a reason that is not in its image; the message says what was found. */
public final class EventRejectedException extends RejectedException {

    /** Why, as dead letters carry it; see also {@link dev.cyclestream.image.ImageRejectedException.Reason}. */
    public enum Reason implements RejectionReason {
        /** The record's value is no image event: no Avro, an unknown schema, another record. */
        UNREADABLE_EVENT,
        /** The record has no value. */
        NO_EVENT,
        /** The record, once it is no longer compressed, is larger than the memory, or is in a batch behind one that is. */
        RECORD_TOO_LARGE,
        /** The record has no key, and the output topic is compacted. */
        NO_KEY,
        /** The record's timestamp is negative, or so old or so far ahead that the output topic does not take it. */
        UNACCEPTABLE_TIMESTAMP,
        /** The translated image, with the key, headers and attributes of the input, does not fit into a record of the output topic. */
        RESULT_TOO_LARGE,
        /** Something failed at every attempt, and only for this record. */
        FAILED_REPEATEDLY
    }

    public EventRejectedException(Reason reason, String message) {
        super(reason, message);
    }

    public EventRejectedException(Reason reason, String message, Throwable cause) {
        super(reason, message, cause);
    }
}
