package dev.cyclestream.deadletter;

/** Something fails for every record, whatever is in it: the instance stops, and nothing is lost. */
class InstanceFailedException extends RuntimeException {

    InstanceFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
