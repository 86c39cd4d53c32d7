package dev.cyclestream.kafka;

/** Topics that are asked for and not there; the message names them. */
public final class MissingTopicException extends RuntimeException {

    MissingTopicException(String message) {
        super(message);
    }
}
