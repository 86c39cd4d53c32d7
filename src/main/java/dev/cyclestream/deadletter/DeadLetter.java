package dev.cyclestream.deadletter;

import dev.cyclestream.failure.RejectedException;
import java.util.Optional;

/**
 * An input that can never be translated; {@link DeadLetterRecord} is what is written of it.
 *
 * @param reason code, such as {@code DAMAGED_IMAGE}
 * @param failure what was expected and what was found
 */
public record DeadLetter(String reason, Exception failure) {

    /** Why the input is here; the other headers have the names that Kafka Streams gives them. */
    public static final String REASON_HEADER = "cyclestream.reason";

    /** SHA-256 of the checkpoint that would have translated it. */
    public static final String CHECKPOINT_HEADER = "cyclestream.checkpoint";

    /** The part of the input that is missing in the letter, see {@link DeadLetterRecord.Cut}. */
    public static final String CUT_HEADER = "cyclestream.cut";

    public static final String EXCEPTION_HEADER = "__streams.errors.exception";
    public static final String TRACE_HEADER = "__streams.errors.stacktrace";
    public static final String MESSAGE_HEADER = "__streams.errors.message";
    public static final String TOPIC_HEADER = "__streams.errors.topic";
    public static final String PARTITION_HEADER = "__streams.errors.partition";
    public static final String OFFSET_HEADER = "__streams.errors.offset";

    /** The dead letter for an event that was not translated; empty if something else than the event is at fault. */
    static Optional<DeadLetter> ofRejected(Exception failure) {
        return failure instanceof RejectedException rejected
                ? Optional.of(new DeadLetter(rejected.reason().name(), failure))
                : Optional.empty();
    }

    /** The cause of an event's rejection, otherwise the rejection itself. */
    Throwable tellingFailure() {
        return failure instanceof EventRejectedException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** True if nobody knows what is at fault, so that a programmer has to look. */
    boolean isOfRepeatedFailure() {
        return reason.equals(EventRejectedException.Reason.FAILED_REPEATEDLY.name());
    }

    /** Reason and message. */
    String describe() {
        return reason + ": " + failure.getMessage();
    }
}
