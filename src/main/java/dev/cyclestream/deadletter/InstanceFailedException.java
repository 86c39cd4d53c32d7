package dev.cyclestream.deadletter;

/** Something fails for every record, whatever is in it: the instance stops, and nothing is lost. */
public class InstanceFailedException extends RuntimeException {

    public InstanceFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
