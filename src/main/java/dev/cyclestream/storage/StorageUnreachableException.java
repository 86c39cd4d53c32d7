package dev.cyclestream.storage;

import dev.cyclestream.failure.UnavailableException;

/** A store that does not answer, or not as it should; it may later. */
public final class StorageUnreachableException extends UnavailableException {

    StorageUnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
