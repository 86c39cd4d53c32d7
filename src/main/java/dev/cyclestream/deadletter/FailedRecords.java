package dev.cyclestream.deadletter;

import dev.cyclestream.topic.InputPosition;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The search for the record that fails a transaction. The brokers refuse a record (too large, a timestamp out of bounds, no
 * key, ...) when it is sent, and with it everything that is in its transaction, and do not say for which input it was.
 * {@link dev.cyclestream.kafka.TopicLimits} keeps such records back; what it does not know of, such as a setting that was
 * changed meanwhile, is found here:
 *
 * <ul>
 *   <li>After such a failure, the instance is careful for a while: its new threads commit after each record, so that the next
 *       transaction that fails names its input.
 *   <li>Its failures are counted in a topic, {@link FailuresTopic}, before the next attempt: other instances, and this one
 *       after a restart, go on counting. The third one makes a dead letter.
 *   <li>If that is refused, too, more and more is left out of it, see {@link DeadLetterRecord.Cut}.
 * </ul>
 *
 * <p>What ends the process is counted in the same place, see {@link dev.cyclestream.stream.Takeovers}.
 *
 * <p>An input is believed to be at fault only while others succeed: where too many in a row fail repeatedly with no result
 * between them, also across restarts, the instance stops.
 *
 * <p>Each stream thread has one transaction; all threads of an instance share what failed.
 */
public final class FailedRecords implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(FailedRecords.class);
    private static final Duration CAREFUL_FOR = Duration.ofMinutes(5);

    /** Failures after which even the smallest dead letter was refused. */
    private static final int HOPELESS = Attempts.MOST + DeadLetterRecord.Cut.values().length;

    private final KnownFailures known;
    private final int longestSeries;
    private final LongSupplier nanoClock;
    private final ThreadLocal<Transaction> transaction = ThreadLocal.withInitial(Transaction::new);
    private Optional<Long> carefulSince = Optional.empty();
    private final UnreadRecords unread = new UnreadRecords();

    /** The inputs of a stream thread that are not committed. */
    private static final class Transaction {
        private final Set<InputPosition> inputs = new LinkedHashSet<>();
        private int results;

        private void clear() {
            inputs.clear();
            results = 0;
        }
    }

    /** @param longestSeries most inputs that fail repeatedly, one after the other without a result between them */
    public FailedRecords(FailureLedger ledger, int longestSeries) {
        this(ledger, longestSeries, System::nanoTime);
    }

    public FailedRecords(FailureLedger ledger, int longestSeries, LongSupplier nanoClock) {
        this.known = new KnownFailures(ledger, nanoClock);
        this.longestSeries = longestSeries;
        this.nanoClock = nanoClock;
    }

    /** The failures that are known, also those of other instances. */
    public KnownFailures known() {
        return known;
    }

    /** True if records are to be committed one by one. */
    public synchronized boolean isCareful() {
        return carefulSince
                .filter(since -> nanoClock.getAsLong() - since < CAREFUL_FOR.toNanos())
                .isPresent();
    }

    /**
     * An input is taken in hand by this thread.
     *
     * @throws EventRejectedException if it failed too often
     */
    public void begin(InputPosition input) {
        transaction.get().inputs.add(input);
        unread.requireRead(input);
        FailedRecord record = known.of(input);
        if (record.failures() >= Attempts.MOST) {
            throw Attempts.repeatedly(record.failures(), new EarlierFailureException(record.trace()));
        }
    }

    /** This thread has sent a result. */
    public void result() {
        transaction.get().results++;
    }

    /** The part of a dead letter that has to be left out, since the brokers refused more. */
    DeadLetterRecord.Cut leastCut(InputPosition input) {
        if (unread.contains(input)) {
            return DeadLetterRecord.Cut.KEY;
        }
        DeadLetterRecord.Cut[] cuts = DeadLetterRecord.Cut.values();
        int refused = known.of(input).failures() - Attempts.MOST;
        return cuts[Math.max(0, Math.min(refused, cuts.length - 1))];
    }

    /**
     * An input becomes a dead letter because nothing else helps.
     *
     * @throws TooManyDeadLettersException if that was so for too many in a row
     */
    void giveUp(InputPosition input, Throwable failure) {
        if (!known.giveUp(input, failure, longestSeries)) {
            throw new TooManyDeadLettersException(
                    "%d inputs in a row failed at every attempt, without a result between them, so it may not be their fault; the next: %s: %s; a tenth of --max-dead-letters-in-a-row are taken"
                            .formatted(longestSeries, input, failure.getMessage()),
                    failure);
        }
    }

    /** All that this thread had in hand is done. */
    public void committed() {
        Transaction done = transaction.get();
        if (!done.inputs.isEmpty()) {
            unread.succeeded();
        }
        known.settle(done.inputs, done.results > 0);
        done.clear();
    }

    /** All that this thread had in hand is undone, and will be done again by someone. */
    public void aborted() {
        transaction.get().clear();
    }

    /**
     * Looks for the culprit after this thread has failed.
     *
     * @return false if no input can be found: then the instance is at fault
     */
    public boolean blame(Throwable failure) {
        Set<InputPosition> inputs = transaction.get().inputs;
        if (inputs.isEmpty()) {
            return isOfReading(failure);
        }
        synchronized (this) {
            carefulSince = Optional.of(nanoClock.getAsLong());
        }
        known.read();
        if (inputs.size() > 1) {
            LOGGER.warn(
                    "one of {} records fails its transaction, from now on they are committed one by one",
                    inputs.size());
            return true;
        }
        return count(inputs.iterator().next(), failure);
    }

    /** Records that are large together, since they were sent compressed, may do when they are read one by one. */
    private synchronized boolean isOfReading(Throwable failure) {
        if (!(FailureKind.rootOf(failure) instanceof OutOfMemoryError) || !unread.isWorthAnotherTry()) {
            return false;
        }
        LOGGER.warn("there is no memory for what is to be read, from now on it is read one by one");
        carefulSince = Optional.of(nanoClock.getAsLong());
        return true;
    }

    /**
     * Counts how often there was no memory for a record that is read alone.
     *
     * @return whether it is to be passed over now
     */
    public boolean isUnread(InputPosition input, OutOfMemoryError failure) {
        if (!isBehindUnread(input) && known.of(input).failures() < Attempts.MOST) {
            count(input, failure);
            return false;
        }
        unread.add(input);
        return true;
    }

    /** True if the record before was passed over. */
    public boolean isBehindUnread(InputPosition input) {
        return unread.isNext(input);
    }

    private boolean count(InputPosition input, Throwable failure) {
        FailedRecord record = known.failedAgain(input, failure);
        LOGGER.warn(
                "{}: failure {} of its transaction: {}", input, record.failures(), FailureKind.describeRoot(failure));
        return record.failures() < HOPELESS;
    }

    /** The instance ends on purpose: what is in hand still is not at fault. */
    @Override
    public void close() {
        known.close();
    }
}
