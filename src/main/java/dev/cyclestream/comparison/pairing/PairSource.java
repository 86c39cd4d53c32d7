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

    /** What has no counterpart. */
    LeftOut leftOut();

    /** Which way the translations go; empty if there are none. */
    Optional<Direction> direction();

    /** What is known of either side. */
    Both<SideSummary> sides();

    @Override
    void close();
}
