package dev.cyclestream.kafka;

import dev.cyclestream.failure.UnavailableException;

/** Brokers that do not answer, or refuse to. */
public final class BrokerUnreachableException extends UnavailableException {

    public BrokerUnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
