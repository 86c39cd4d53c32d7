package dev.cyclestream.demo;

import java.util.Optional;

/** A demo that did not come to its end. */
public final class DemoFailedException extends RuntimeException {

    DemoFailedException(String message, Optional<Throwable> cause) {
        super(message + cause.map(e -> ": " + e.getMessage()).orElse(""), cause.orElse(null));
    }
}
