package dev.cyclestream.kafka;

import org.apache.kafka.common.errors.RetriableException;

/** An input topic is not the one any more that was read: what was made of it is not committed. */
public final class InputTopicMadeAnewException extends RetriableException {

    private static final long serialVersionUID = 1;

    InputTopicMadeAnewException(String message) {
        super(message);
    }
}
