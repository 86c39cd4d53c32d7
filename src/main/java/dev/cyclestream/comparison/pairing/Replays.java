package dev.cyclestream.comparison.pairing;

import java.util.List;

/** Knows of the replays that wrote translations. */
@FunctionalInterface
public interface Replays {

    /** The images that a replay of this name left out of what it was asked for, a phrase for each reason; none if it read everything. */
    List<String> gaps(String replay);
}
