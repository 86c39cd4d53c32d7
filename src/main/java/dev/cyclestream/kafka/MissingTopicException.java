package dev.cyclestream.kafka;

import dev.cyclestream.failure.WrongSetUpException;

/** Topics that are asked for and not there; the message names them. */
public final class MissingTopicException extends WrongSetUpException {

    public MissingTopicException(String message) {
        super(message);
    }
}
