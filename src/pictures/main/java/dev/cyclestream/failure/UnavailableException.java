package dev.cyclestream.failure;

/** Something that does not do its part, such as brokers, a store, a device or a training; the message says all. */
public abstract class UnavailableException extends RuntimeException {

    protected UnavailableException(String message) {
        super(message);
    }

    protected UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
