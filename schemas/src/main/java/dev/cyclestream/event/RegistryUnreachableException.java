package dev.cyclestream.event;

/** A schema registry that does not answer, or refuses to. */
public final class RegistryUnreachableException extends RuntimeException {

    RegistryUnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
