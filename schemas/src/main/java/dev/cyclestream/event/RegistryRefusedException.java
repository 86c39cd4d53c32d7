package dev.cyclestream.event;

/**
 * A schema registry that does not let us in, or does not take our own schema: a wrong password or token, one that may not do
 * what we ask for, or a topic that is meant for other records.
 */
public final class RegistryRefusedException extends RuntimeException {

    RegistryRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
