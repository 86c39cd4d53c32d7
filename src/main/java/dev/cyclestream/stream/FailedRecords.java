package dev.cyclestream.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the record that fails a transaction. The brokers refuse a record (too large, a timestamp out of bounds, no key, ...)
 * when it is sent, and with it everything that is in its transaction, and do not say for which input it was. {@link TopicLimits}
 * keeps such records back; what it does not know of, such as a setting that was changed meanwhile, is found here:
 *
 * <ul>
 *   <li>After such a failure, the instance is careful for a while: its new threads commit after each record, so that the next
 *       transaction that fails names its input.
 *   <li>Its failures are counted in a topic, {@link FailuresTopic}, before the next attempt: other instances, and this one
 *       after a restart, go on counting. The third one makes a dead letter.
 *   <li>If that is refused, too, more and more is left out of it, see {@link DeadLetterRecord.Cut}.
 * </ul>
 *
 * <p>What ends the process is counted in the same place, see {@link Takeovers}.
 *
 * <p>An input is believed to be at fault only while others succeed: where too many in a row fail repeatedly with no result
 * between them, also across restarts, the instance stops.
 *
 * <p>Each stream thread has one transaction; all threads of an instance share what failed.
 */
final class FailedRecords implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(FailedRecords.class);
    private static final Duration CAREFUL_FOR = Duration.ofMinutes(5);

    /** What was read so lately, the group has not found an owner dead since. */
    private static final Duration NEWS = Duration.ofSeconds(2);

    /** Failures after which even the smallest dead letter was refused. */
    private static final int HOPELESS = Attempts.MOST + DeadLetterRecord.Cut.values().length;

    private final FailureLedger ledger;
    private final int longestSeries;
    private final LongSupplier nanoClock;
    private final Map<String, FailedRecord> failed = new HashMap<>();
    private final Map<String, Beginning> beginnings = new HashMap<>();
    private final Map<InputPosition, FailedRecord> expected = new HashMap<>();
    private final ThreadLocal<Transaction> transaction = ThreadLocal.withInitial(Transaction::new);
    private Optional<Long> carefulSince = Optional.empty();
    private Optional<Long> lastRead = Optional.empty();
    private final UnreadRecords unread = new UnreadRecords();

    /** What a stream thread has in hand that is not committed. */
    private static final class Transaction {
        private final Set<InputPosition> inputs = new LinkedHashSet<>();
        private int results;

        private void clear() {
            inputs.clear();
            results = 0;
        }
    }

    /** @param longestSeries most inputs that fail repeatedly, one after the other without a result between them */
    FailedRecords(FailureLedger ledger, int longestSeries) {
        this(ledger, longestSeries, System::nanoTime);
    }

    FailedRecords(FailureLedger ledger, int longestSeries, LongSupplier nanoClock) {
        this.ledger = ledger;
        this.longestSeries = longestSeries;
        this.nanoClock = nanoClock;
    }

    /** Takes over what was written down. */
    synchronized void read() {
        ledger.read().ifPresent(read -> {
            failed.clear();
            beginnings.clear();
            read.forEach((key, record) -> {
                if (Beginning.isKey(key)) {
                    beginnings.put(key, Beginning.of(record));
                } else {
                    failed.put(key, record);
                }
            });
            expected.forEach((input, before) -> putBack(input.key(), before)); // not over yet, and not failed
        });
        lastRead = Optional.of(nanoClock.getAsLong());
    }

    /** Whether records are to be committed one by one. */
    synchronized boolean isCareful() {
        return carefulSince
                .filter(since -> nanoClock.getAsLong() - since < CAREFUL_FOR.toNanos())
                .isPresent();
    }

    /**
     * An input is taken in hand by this thread.
     *
     * @throws EventRejectedException if it failed too often
     */
    void begin(InputPosition input) {
        transaction.get().inputs.add(input);
        unread.requireRead(input);
        FailedRecord record = ofFailed(input);
        if (record.failures() >= Attempts.MOST) {
            throw Attempts.repeatedly(record.failures(), new EarlierFailureException(record.trace()));
        }
    }

    /** Where the last owner of this input's partition began; it may have been another instance. */
    synchronized Optional<Beginning> beginning(InputPosition input) {
        boolean isNew = lastRead.filter(read -> nanoClock.getAsLong() - read < NEWS.toNanos())
                .isPresent();
        if (!isNew) {
            read();
        }
        return Optional.ofNullable(beginnings.get(Beginning.key(input)));
    }

    /** Writes down where this instance begins. */
    void write(InputPosition input, Beginning beginning) {
        String key = Beginning.key(input);
        synchronized (this) {
            beginnings.put(key, beginning);
        }
        write(Map.of(key, Optional.of(beginning.toRecord())));
    }

    /** Whether it failed before, or the process ended of it. */
    boolean hasFailed(InputPosition input) {
        return ofFailed(input).failures() > 0;
    }

    /** Writes down that the process ended of this input; {@link #survived} strikes it out. */
    void expectEnd(InputPosition input) {
        FailedRecord before = ofFailed(input);
        synchronized (this) {
            expected.put(input, before);
        }
        write(Map.of(input.key(), Optional.of(before.failedAgain(new ProcessEndedException()))));
    }

    /** The process did not end of this input. */
    void survived(InputPosition input) {
        FailedRecord before;
        synchronized (this) {
            before = expected.remove(input);
            if (before == null) {
                return;
            }
            putBack(input.key(), before);
        }
        write(Map.of(input.key(), Optional.of(before).filter(record -> !record.equals(FailedRecord.NEVER))));
    }

    private void putBack(String key, FailedRecord record) {
        if (record.equals(FailedRecord.NEVER)) {
            failed.remove(key);
        } else {
            failed.put(key, record);
        }
    }

    /** This thread has sent a result. */
    void result() {
        transaction.get().results++;
    }

    /** How much of a dead letter has to be left out, since the brokers refused more. */
    DeadLetterRecord.Cut leastCut(InputPosition input) {
        if (unread.contains(input)) {
            return DeadLetterRecord.Cut.KEY;
        }
        DeadLetterRecord.Cut[] cuts = DeadLetterRecord.Cut.values();
        int refused = ofFailed(input).failures() - Attempts.MOST;
        return cuts[Math.max(0, Math.min(refused, cuts.length - 1))];
    }

    /**
     * An input becomes a dead letter because nothing else helps.
     *
     * @throws TooManyDeadLettersException if that was so for too many in a row
     */
    synchronized void giveUp(InputPosition input, Throwable failure) {
        long others = failed.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(input.key()))
                .filter(entry -> entry.getValue().isGivenUp())
                .count();
        if (others >= longestSeries) {
            throw new TooManyDeadLettersException(
                    "%d inputs in a row failed at every attempt, without a result between them, so it may not be their fault; the next: %s: %s"
                            .formatted(longestSeries, input, failure.getMessage()),
                    failure);
        }
        failed.putIfAbsent(input.key(), new FailedRecord(Attempts.MOST, failure.toString()));
    }

    /** What this thread had in hand is done. */
    void committed() {
        Transaction done = transaction.get();
        Map<String, Optional<FailedRecord>> changes = new HashMap<>();
        if (!done.inputs.isEmpty()) {
            unread.succeeded();
        }
        synchronized (this) {
            if (!failed.isEmpty()) {
                done.inputs.forEach(input -> settle(input.key(), changes));
                if (done.results > 0) {
                    strikeBuried(changes);
                }
            }
        }
        done.clear();
        write(changes);
    }

    private void settle(String key, Map<String, Optional<FailedRecord>> changes) {
        FailedRecord record = failed.get(key);
        if (record == null) {
            return;
        }
        if (record.isGivenUp()) {
            failed.put(key, FailedRecord.buried());
            changes.put(key, Optional.of(FailedRecord.buried()));
        } else {
            failed.remove(key);
            changes.put(key, Optional.empty());
        }
    }

    private void strikeBuried(Map<String, Optional<FailedRecord>> changes) {
        List<String> buried = new ArrayList<>();
        failed.forEach((key, record) -> {
            if (record.isBuried()) {
                buried.add(key);
            }
        });
        buried.forEach(key -> {
            failed.remove(key);
            changes.put(key, Optional.empty());
        });
    }

    /** What this thread had in hand is undone, and will be done again by someone. */
    void aborted() {
        transaction.get().clear();
    }

    /**
     * Looks for the culprit after this thread has failed.
     *
     * @return false if no input can be found: then the instance is at fault
     */
    boolean blame(Throwable failure) {
        Set<InputPosition> inputs = transaction.get().inputs;
        if (inputs.isEmpty()) {
            return isOfReading(failure);
        }
        synchronized (this) {
            carefulSince = Optional.of(nanoClock.getAsLong());
        }
        read();
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
    boolean isUnread(InputPosition input, OutOfMemoryError failure) {
        if (!isBehindUnread(input) && ofFailed(input).failures() < Attempts.MOST) {
            count(input, failure);
            return false;
        }
        unread.add(input);
        return true;
    }

    /** Whether the record before was passed over. */
    boolean isBehindUnread(InputPosition input) {
        return unread.isNext(input);
    }

    private boolean count(InputPosition input, Throwable failure) {
        FailedRecord record = ofFailed(input).failedAgain(failure);
        synchronized (this) {
            failed.put(input.key(), record);
        }
        write(Map.of(input.key(), Optional.of(record)));
        LOGGER.warn(
                "{}: failure {} of its transaction: {}", input, record.failures(), FailureKind.describeRoot(failure));
        return record.failures() < HOPELESS;
    }

    private synchronized FailedRecord ofFailed(InputPosition input) {
        return failed.getOrDefault(input.key(), FailedRecord.NEVER);
    }

    private void write(Map<String, Optional<FailedRecord>> changes) {
        if (!changes.isEmpty()) {
            ledger.write(changes);
        }
    }

    /** The instance ends on purpose: what is in hand still is not at fault. */
    @Override
    public void close() {
        List<InputPosition> inHand;
        synchronized (this) {
            inHand = List.copyOf(expected.keySet());
        }
        inHand.forEach(this::survived);
        ledger.close();
    }
}
