package dev.cyclestream.gallery;

import dev.cyclestream.failure.WrongSetUpException;

/** A folder that cannot be used as asked; the message says what was found. */
public final class InvalidFolderException extends WrongSetUpException {

    InvalidFolderException(String message) {
        super(message);
    }
}
