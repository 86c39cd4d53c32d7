package dev.cyclestream.event;

/** A schema registry that does not let us in: a wrong password or token, or one that may not do what we ask for. */
public final class RegistryRefusedException extends RuntimeException {

    RegistryRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
