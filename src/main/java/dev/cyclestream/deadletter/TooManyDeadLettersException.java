package dev.cyclestream.deadletter;

/** So many inputs in a row were at fault that something else is: a wrong topic, schema or setting. */
final class TooManyDeadLettersException extends InstanceFailedException {

    TooManyDeadLettersException(String message, Throwable last) {
        super(message, last);
    }
}
