package dev.cyclestream.topic;

/** A record that holds no image; the message says what it holds. */
public final class UnexpectedRecordException extends RuntimeException {

    UnexpectedRecordException(String message) {
        super(message);
    }
}
