package dev.cyclestream.option;

import java.util.Optional;

/** Where something is or goes, as an option names it: it can be looked at before any work begins. */
public interface Place {

    /** What is wrong there: what was expected, and what was found; empty if nothing is. */
    Optional<String> fault();
}
