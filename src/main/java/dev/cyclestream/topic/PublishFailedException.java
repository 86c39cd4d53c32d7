package dev.cyclestream.topic;

/** An image event that the brokers or the registry did not take; the message names the image. */
public final class PublishFailedException extends RuntimeException {

    public PublishFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
