package dev.cyclestream.stream;

/** An image event that the brokers or the registry did not take; the message names the image. */
public final class PublishFailedException extends RuntimeException {

    PublishFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
