package dev.cyclestream.deadletter;

import dev.cyclestream.topic.InputPosition;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Records for which there was no memory when they were to be read, see {@link dev.cyclestream.stream.client.WatchedConsumer}. */
final class UnreadRecords {

    /** Some for each thread of an instance; then it is taken to have too little memory for anything. */
    private static final int MOST_TRIES = 30;

    private final Set<InputPosition> positions = ConcurrentHashMap.newKeySet();
    private final AtomicInteger tries = new AtomicInteger();

    /** There was no memory again; returns whether to go on. */
    boolean isWorthAnotherTry() {
        return tries.incrementAndGet() <= MOST_TRIES;
    }

    /** Something was read and is done. */
    void succeeded() {
        tries.set(0);
    }

    /** This one is passed over. */
    void add(InputPosition input) {
        positions.add(input);
    }

    boolean contains(InputPosition input) {
        return positions.contains(input);
    }

    /** True if the one before was passed over: then they may be in one batch, which cannot be read any further. */
    boolean isNext(InputPosition input) {
        return positions.contains(new InputPosition(input.topic(), input.partition(), input.offset() - 1));
    }

    /**
     * Makes sure that there is something to be translated.
     *
     * @throws EventRejectedException if this one was passed over
     */
    void requireRead(InputPosition input) {
        if (positions.contains(input)) {
            throw new EventRejectedException(
                    EventRejectedException.Reason.RECORD_TOO_LARGE,
                    "expected a record that can be read with a heap of %d MiB, found a larger one, or one in a batch behind it"
                            .formatted(Runtime.getRuntime().maxMemory() >> 20));
        }
    }
}
