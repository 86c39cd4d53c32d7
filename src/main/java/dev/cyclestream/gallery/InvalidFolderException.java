package dev.cyclestream.gallery;

/** A folder that cannot be used as asked; the message says what was found. */
public final class InvalidFolderException extends RuntimeException {

    InvalidFolderException(String message) {
        super(message);
    }
}
