package dev.cyclestream.failure;

/** Something in the world that does not do its part, such as brokers, a store or a device; the message says all. */
public abstract class UnavailableException extends RuntimeException {

    protected UnavailableException(String message) {
        super(message);
    }

    protected UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
