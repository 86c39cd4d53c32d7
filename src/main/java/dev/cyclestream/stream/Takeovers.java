package dev.cyclestream.stream;

import dev.cyclestream.deadletter.Beginning;
import dev.cyclestream.deadletter.KnownFailures;
import dev.cyclestream.topic.InputPosition;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The search for the record that ends the process, which nothing here could catch: a crash in the native code of a decoder or
 * of the generator, or the kernel, which kills for memory.
 *
 * <ul>
 *   <li>When an instance gets a partition, it writes down the first record that it takes in hand. If the owner before it began
 *       with the same record, that one committed nothing; perhaps it died of what it found there.
 *   <li>So the next few records of this partition are watched: each attempt is written down as a failure before it is made,
 * with
 *       nothing beside it in this instance, and struck out when it is over, however it ends. Only a record that was in hand
 * when
 *       the process ended keeps its failure.
 *   <li>A record that has one is watched wherever it is met, and the third one makes a dead letter, see
 * {@link dev.cyclestream.deadletter.FailedRecords}.
 * </ul>
 *
 * <p>A process that is killed for other reasons costs a good record nothing, unless it happens three times just while that
 * record is in hand and watched, with no commit between.
 */
final class Takeovers {

    private static final Logger LOGGER = LoggerFactory.getLogger(Takeovers.class);

    /** The number of records that are watched: about as many as a thread has in hand between two commits. */
    static final int WATCHED = 16;

    private final KnownFailures known;
    private final String owner = UUID.randomUUID().toString();
    private final Map<String, Integer> watched = new ConcurrentHashMap<>();

    Takeovers(KnownFailures known) {
        this.known = known;
    }

    /** This instance has got a partition, and this is its first record. */
    void begin(InputPosition first) {
        Optional<Beginning> before = known.beginning(first);
        if (before.isPresent() && before.get().owner().equals(owner)) {
            watched.remove(first.partitionKey()); // since then it has not died
        } else if (before.isPresent() && before.get().offset() == first.offset()) {
            LOGGER.warn(
                    "{}: the instance before began here, too, and committed nothing; the next {} records are translated one by one",
                    first,
                    WATCHED);
            watched.put(first.partitionKey(), WATCHED);
        }
        Beginning now = new Beginning(first.offset(), owner);
        if (!before.equals(Optional.of(now))) {
            known.write(first, now);
        }
    }

    /** True if the process may end of this input. */
    boolean isWatched(InputPosition input) {
        return watched.containsKey(input.partitionKey()) || known.hasFailed(input);
    }

    /** Makes an attempt; if it ends the process, the next owner will know. */
    <T> T watch(InputPosition input, Supplier<T> attempt) {
        if (!isWatched(input)) {
            return attempt.get();
        }
        known.expectEnd(input);
        try {
            return attempt.get();
        } finally {
            known.survived(input);
            watched.computeIfPresent(input.partitionKey(), (key, left) -> left > 1 ? left - 1 : null);
        }
    }
}
