package dev.cyclestream.comparison.pairing;

import dev.cyclestream.event.Direction;
import java.io.IOException;
import java.util.Optional;

/** Translations that belong together, in an order that is the same every time. */
public interface PairSource extends AutoCloseable {

    /** Takes pairs as they come. */
    @FunctionalInterface
    interface Visitor {
        void accept(Pair pair) throws IOException;
    }

    /** Pairs that there will be, at most. */
    long expected();

    /** Passes on all pairs, and nothing else of what there is; {@link #leftOut} has that. */
    void forEach(Visitor visitor) throws IOException;

    /** The translations that have no counterpart. */
    LeftOut leftOut();

    /** The direction of the translations; empty if there are none. */
    Optional<Direction> direction();

    /** A summary of either side. */
    Both<SideSummary> sides();

    @Override
    void close();
}
