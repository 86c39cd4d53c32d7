package dev.cyclestream.event;

/** A schema that the registry holds and Avro does not take: what was written with it can never be read. */
final class UnreadableSchemaException extends RuntimeException {

    UnreadableSchemaException(String message, Throwable cause) {
        super(message, cause);
    }
}
