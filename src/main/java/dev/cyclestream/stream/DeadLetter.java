package dev.cyclestream.stream;

import dev.cyclestream.event.EventSerdes;
import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.storage.ReferenceRejectedException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/**
 * An input that can never be translated: its key, value and headers as they came, with the reason in further headers.
 *
 * @param reason code, such as {@code DAMAGED_IMAGE}
 * @param failure what was expected and what was found
 */
record DeadLetter(String reason, Exception failure) {

    /** Why the input is here; the other headers have the names that Kafka Streams gives them. */
    static final String REASON_HEADER = "cyclestream.reason";

    /** SHA-256 of the checkpoint that would have translated it. */
    static final String CHECKPOINT_HEADER = "cyclestream.checkpoint";

    static final String EXCEPTION_HEADER = "__streams.errors.exception";
    static final String MESSAGE_HEADER = "__streams.errors.message";
    static final String TOPIC_HEADER = "__streams.errors.topic";
    static final String PARTITION_HEADER = "__streams.errors.partition";
    static final String OFFSET_HEADER = "__streams.errors.offset";

    /** The dead letter for bytes that did not deserialize; empty if something else than the bytes is at fault. */
    static Optional<DeadLetter> ofUnreadable(Exception failure) {
        return EventSerdes.isUnreadable(failure)
                ? Optional.of(new DeadLetter(EventRejectedException.Reason.UNREADABLE_EVENT.name(), failure))
                : Optional.empty();
    }

    /** The dead letter for an event that was not translated; empty if something else than the event is at fault. */
    static Optional<DeadLetter> ofRejected(Exception failure) {
        if (FailureKind.of(failure) != FailureKind.POISON) {
            return Optional.empty();
        }
        if (failure instanceof ImageRejectedException rejected) {
            return Optional.of(new DeadLetter(rejected.reason().name(), failure));
        }
        if (failure instanceof ReferenceRejectedException rejected) {
            return Optional.of(new DeadLetter(rejected.reason().name(), failure));
        }
        if (failure instanceof EventRejectedException rejected) {
            return Optional.of(new DeadLetter(rejected.reason().name(), failure));
        }
        return Optional.empty();
    }

    /** Reason and message, with the message of what lies beneath if that says more. */
    String describe() {
        Throwable cause = failure.getCause();
        boolean causeSaysMore = failure instanceof KafkaException && cause != null;
        return reason + ": " + failure.getMessage() + (causeSaysMore ? ": " + cause.getMessage() : "");
    }

    /** The record for the dead-letter topic, with the key, value, headers and timestamp of the input. */
    ProducerRecord<byte[], byte[]> toRecord(DeadLetterPolicy policy, ErrorHandlerContext source) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                policy.topic(),
                null,
                source.timestamp(),
                source.sourceRawKey(),
                source.sourceRawValue(),
                source.headers());
        Headers headers = record.headers();
        add(headers, REASON_HEADER, reason);
        add(headers, EXCEPTION_HEADER, failure.getClass().getName());
        add(headers, MESSAGE_HEADER, describe());
        add(headers, TOPIC_HEADER, source.topic());
        add(headers, PARTITION_HEADER, Integer.toString(source.partition()));
        add(headers, OFFSET_HEADER, Long.toString(source.offset()));
        policy.checkpoint(source.topic()).ifPresent(sha256 -> add(headers, CHECKPOINT_HEADER, sha256));
        return record;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
