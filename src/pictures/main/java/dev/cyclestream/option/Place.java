package dev.cyclestream.option;

import java.util.Optional;

/** A place that an option names: it can be looked at before any work begins. */
public interface Place {

    /** The fault of the place: what was expected, and what was found; empty if there is none. */
    Optional<String> fault();
}
