package dev.cyclestream.deadletter;

import dev.cyclestream.topic.InputPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The failures that are written down, as far as this instance knows them: which inputs failed and how often, where the owners
 * of partitions began, and which inputs are being tried of which the process may end. {@link FailedRecords} and
 * {@link dev.cyclestream.stream.Takeovers} say what that means. Safe for use by several threads.
 */
public final class KnownFailures implements AutoCloseable {

    /** An age so young that the group has not found an owner dead since. */
    private static final Duration NEWS = Duration.ofSeconds(2);

    private final FailureLedger ledger;
    private final LongSupplier nanoClock;
    private final Map<String, FailedRecord> failed = new HashMap<>();
    private final Map<String, Beginning> beginnings = new HashMap<>();
    private final Map<InputPosition, FailedRecord> expected = new HashMap<>();
    private Optional<Long> lastRead = Optional.empty();

    KnownFailures(FailureLedger ledger, LongSupplier nanoClock) {
        this.ledger = ledger;
        this.nanoClock = nanoClock;
    }

    /** Takes over what was written down. */
    public synchronized void read() {
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

    /** The offset at which the last owner of this input's partition began; it may have been another instance. */
    public synchronized Optional<Beginning> beginning(InputPosition input) {
        boolean isNew = lastRead.filter(read -> nanoClock.getAsLong() - read < NEWS.toNanos())
                .isPresent();
        if (!isNew) {
            read();
        }
        return Optional.ofNullable(beginnings.get(Beginning.key(input)));
    }

    /** Writes down where this instance begins. */
    public void write(InputPosition input, Beginning beginning) {
        String key = Beginning.key(input);
        synchronized (this) {
            beginnings.put(key, beginning);
        }
        ledger.write(Map.of(key, Optional.of(beginning.toRecord())));
    }

    /** True if it failed before, or the process ended of it. */
    public boolean hasFailed(InputPosition input) {
        return of(input).failures() > 0;
    }

    /** Writes down that the process ended of this input; {@link #survived} strikes it out. */
    public void expectEnd(InputPosition input) {
        FailedRecord before = of(input);
        synchronized (this) {
            expected.put(input, before);
        }
        ledger.write(Map.of(input.key(), Optional.of(before.failedAgain(new ProcessEndedException()))));
    }

    /** The process did not end of this input. */
    public void survived(InputPosition input) {
        FailedRecord before;
        synchronized (this) {
            before = expected.remove(input);
            if (before == null) {
                return;
            }
            putBack(input.key(), before);
        }
        ledger.write(Map.of(input.key(), Optional.of(before).filter(record -> !record.equals(FailedRecord.NEVER))));
    }

    private void putBack(String key, FailedRecord record) {
        if (record.equals(FailedRecord.NEVER)) {
            failed.remove(key);
        } else {
            failed.put(key, record);
        }
    }

    /** The failures of an input; {@link FailedRecord#NEVER} if it did not fail. */
    synchronized FailedRecord of(InputPosition input) {
        return failed.getOrDefault(input.key(), FailedRecord.NEVER);
    }

    /** Counts one more failure of an input, and returns all that is known of it then. */
    FailedRecord failedAgain(InputPosition input, Throwable failure) {
        FailedRecord record = of(input).failedAgain(failure);
        synchronized (this) {
            failed.put(input.key(), record);
        }
        ledger.write(Map.of(input.key(), Optional.of(record)));
        return record;
    }

    /**
     * Knows from here on that an input becomes a dead letter because nothing else helps.
     *
     * @param most such inputs that there may be at a time, beside it
     * @return false if there are more
     */
    synchronized boolean giveUp(InputPosition input, Throwable failure, int most) {
        long others = failed.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(input.key()))
                .filter(entry -> entry.getValue().isGivenUp())
                .count();
        if (others >= most) {
            return false;
        }
        failed.putIfAbsent(input.key(), new FailedRecord(Attempts.MOST, failure.toString()));
        return true;
    }

    /** These inputs are committed. */
    void settle(Collection<InputPosition> inputs, boolean withResult) {
        Map<String, Optional<FailedRecord>> changes = new HashMap<>();
        synchronized (this) {
            if (!failed.isEmpty()) {
                inputs.forEach(input -> settle(input.key(), changes));
                if (withResult) {
                    strikeBuried(changes);
                }
            }
        }
        if (!changes.isEmpty()) {
            ledger.write(changes);
        }
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
