package dev.cyclestream.topic;

import dev.cyclestream.failure.UnavailableException;

/** An image event that the brokers or the registry did not take; the message names the image. */
public final class PublishFailedException extends UnavailableException {

    public PublishFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
