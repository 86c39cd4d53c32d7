package dev.cyclestream.kafka;

/** Brokers that do not answer, or refuse to. */
public final class BrokerUnreachableException extends RuntimeException {

    public BrokerUnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
