package dev.cyclestream.inference;

import dev.cyclestream.failure.UnavailableException;

/** A generator that does not load or run: nothing is wrong with the image, and no other would fare better. */
public final class GeneratorFailedException extends UnavailableException {

    public GeneratorFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    public GeneratorFailedException(String message) {
        super(message);
    }
}
