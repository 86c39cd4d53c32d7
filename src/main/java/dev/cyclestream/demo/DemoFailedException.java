package dev.cyclestream.demo;

import dev.cyclestream.failure.UnavailableException;
import java.util.Optional;

/** A demo that did not come to its end. */
public final class DemoFailedException extends UnavailableException {

    public DemoFailedException(String message, Optional<Throwable> cause) {
        super(message + cause.map(e -> ": " + e.getMessage()).orElse(""), cause.orElse(null));
    }
}
