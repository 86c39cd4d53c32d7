package dev.cyclestream.event;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;

/** A schema registry that does not answer, or not as a registry does; it may later. */
public final class RegistryUnreachableException extends RuntimeException {

    private static final int SERVER_ERROR = 500;

    RegistryUnreachableException(String message, Throwable cause) {
        super(message, cause);
    }

    /** True if something answered that it has nothing to say to a question, as a registry may that does not know of it. */
    boolean isAnswer() {
        return getCause() instanceof RestClientException answer && answer.getStatus() < SERVER_ERROR;
    }
}
