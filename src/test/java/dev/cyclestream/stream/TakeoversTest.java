package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.deadletter.Attempts;
import dev.cyclestream.deadletter.Beginning;
import dev.cyclestream.deadletter.EventRejectedException;
import dev.cyclestream.deadletter.FailedRecord;
import dev.cyclestream.deadletter.FailedRecords;
import dev.cyclestream.deadletter.FailureLedger;
import dev.cyclestream.topic.InputPosition;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Instances that die leave nothing but what is in the ledger. */
class TakeoversTest {

    private static final InputPosition FIRST = new InputPosition("images.a", 0, 7);
    private static final InputPosition NEXT = new InputPosition("images.a", 0, 8);
    private static final InputPosition ELSEWHERE = new InputPosition("images.a", 1, 7);

    private final Map<String, FailedRecord> written = new HashMap<>();
    private int writes;
    private final FailureLedger ledger = new FailureLedger() {
        @Override
        public Optional<Map<String, FailedRecord>> read() {
            return Optional.of(Map.copyOf(written));
        }

        @Override
        public void write(Map<String, Optional<FailedRecord>> changes) {
            writes++;
            changes.forEach(
                    (key, record) -> record.ifPresentOrElse(some -> written.put(key, some), () -> written.remove(key)));
        }
    };

    private final AtomicLong nanos = new AtomicLong();
    private FailedRecords failed;
    private Takeovers takeovers;

    TakeoversTest() {
        start();
    }

    @Test
    void beginningIsWrittenOnceAndNothingForEachRecord() {
        takeovers.begin(FIRST);
        assertThat(writes).isEqualTo(1);
        for (long offset = 7; offset < 100; offset++) {
            translate(new InputPosition("images.a", 0, offset));
        }
        assertThat(writes).isEqualTo(1);
    }

    @Test
    void ownerThatBeginsWhereTheDeadOneDidWatches() {
        takeovers.begin(FIRST);
        start();
        assertThat(takeovers.isWatched(FIRST)).isFalse();
        takeovers.begin(FIRST);
        assertThat(takeovers.isWatched(FIRST)).isTrue();
        assertThat(takeovers.isWatched(NEXT)).isTrue();
        assertThat(takeovers.isWatched(ELSEWHERE)).isFalse();
    }

    @Test
    void ownerThatBeginsFurtherOnDoesNotWatch() {
        takeovers.begin(FIRST);
        start();
        takeovers.begin(NEXT);
        assertThat(takeovers.isWatched(NEXT)).isFalse();
    }

    @Test
    void ownerThatGetsItsPartitionAgainDoesNotWatchSinceItLives() {
        takeovers.begin(FIRST);
        takeovers.begin(FIRST);
        assertThat(takeovers.isWatched(FIRST)).isFalse();
        assertThat(writes).isEqualTo(1);
    }

    @Test
    void beginningOfAnotherInstanceIsReadAlsoByOneThatRunsForLong() {
        FailedRecords longRunning = new FailedRecords(ledger, 2, nanos::get);
        longRunning.known().read();
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        takeovers.begin(FIRST);
        Takeovers others = new Takeovers(longRunning.known());
        others.begin(FIRST);
        assertThat(others.isWatched(FIRST)).isTrue();
    }

    @Test
    void thirdEndWhileARecordIsInHandIsTheLast() {
        die(FIRST); // not watched yet
        for (int count = 0; count < Attempts.MOST; count++) {
            assertThatCode(() -> failed.begin(FIRST)).doesNotThrowAnyException();
            die(FIRST);
        }
        takeovers.begin(FIRST);
        assertThatThrownBy(() -> failed.begin(FIRST))
                .isInstanceOf(EventRejectedException.class)
                .hasMessageContaining("3 attempts failed")
                .hasMessageContaining("the process ended while it translated the image");
        assertThatCode(() -> failed.begin(NEXT)).doesNotThrowAnyException();
        assertThatCode(() -> failed.begin(ELSEWHERE)).doesNotThrowAnyException();
    }

    @Test
    void recordThatIsOverIsNotAtFaultHoweverOftenTheProcessEndsLater() {
        for (int count = 0; count < 10; count++) {
            takeovers.begin(FIRST);
            failed.begin(FIRST);
            translate(FIRST);
            start(); // before anything was committed
        }
        assertThat(written).containsOnlyKeys("begun images.a-0");
    }

    @Test
    void attemptThatFailsDoesNotEndTheProcess() {
        die(FIRST);
        takeovers.begin(FIRST);
        assertThatThrownBy(() -> takeovers.watch(FIRST, () -> {
                    throw new StackOverflowError();
                }))
                .isInstanceOf(StackOverflowError.class);
        assertThat(written).containsOnlyKeys("begun images.a-0");
    }

    @Test
    void endsAndFailedTransactionsAreCountedTogether() {
        failed.begin(FIRST);
        assertThat(failed.blame(new IllegalStateException("refused"))).isTrue();
        failed.aborted();
        start();
        takeovers.begin(NEXT);
        assertThat(takeovers.isWatched(FIRST)).isTrue(); // since it failed before
        takeovers.watch(FIRST, () -> "survives");
        assertThat(written.get(FIRST.key()).failures()).isEqualTo(1);
        die(FIRST);
        assertThat(written.get(FIRST.key()).failures()).isEqualTo(2);
    }

    @Test
    void watchingIsSoonOver() {
        die(FIRST);
        takeovers.begin(FIRST);
        for (long offset = 7; offset < 7 + Takeovers.WATCHED; offset++) {
            InputPosition input = new InputPosition("images.a", 0, offset);
            assertThat(takeovers.isWatched(input)).isTrue();
            translate(input);
        }
        assertThat(takeovers.isWatched(new InputPosition("images.a", 0, 7 + Takeovers.WATCHED)))
                .isFalse();
        assertThat(written).containsOnlyKeys("begun images.a-0");
    }

    @Test
    void whatIsInHandWhenTheInstanceIsClosedIsNotAtFault() {
        die(FIRST);
        takeovers.begin(FIRST);
        takeovers.watch(FIRST, () -> {
            assertThat(written).containsKey(FIRST.key());
            failed.close(); // does not wait any longer
            assertThat(written).containsOnlyKeys("begun images.a-0");
            return "late";
        });
        assertThat(written).containsOnlyKeys("begun images.a-0");
    }

    @Test
    void whatIsInHandDoesNotCountForAnotherThreadThatReads() {
        die(FIRST);
        takeovers.begin(FIRST);
        takeovers.watch(FIRST, () -> {
            failed.known().read();
            return "done";
        });
        assertThat(failed.known().hasFailed(FIRST)).isFalse();
    }

    @Test
    void beginningIsReadAsItWasWrittenAndIsNoFailure() {
        Beginning beginning = new Beginning(7, "somebody");
        FailedRecord record = FailedRecord.of(beginning.toRecord().toBytes());
        assertThat(Beginning.of(record)).isEqualTo(beginning);
        assertThat(record.isGivenUp()).isFalse();
        assertThat(Beginning.isKey(Beginning.key(FIRST))).isTrue();
        assertThat(Beginning.isKey(FIRST.key())).isFalse();
    }

    /** A new process, which knows nothing but the ledger. */
    private void start() {
        failed = new FailedRecords(ledger, 2, nanos::get);
        failed.known().read();
        takeovers = new Takeovers(failed.known());
    }

    private void translate(InputPosition input) {
        assertThat(takeovers.watch(input, () -> "done")).isEqualTo("done");
    }

    /** The process takes this record in hand and ends of it. */
    private void die(InputPosition input) {
        takeovers.begin(input);
        failed.begin(input);
        if (takeovers.isWatched(input)) {
            failed.known().expectEnd(input);
        }
        start();
    }
}
