package dev.cyclestream.event;

/** A schema registry that does not answer, or not as a registry does; it may later. */
public final class RegistryUnreachableException extends RuntimeException {

    RegistryUnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
