package dev.cyclestream.storage;

/** A store that does not answer, or not as it should; it may later. */
public final class StorageUnreachableException extends RuntimeException {

    StorageUnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
