package dev.cyclestream.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.topic.InputPosition;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailedRecordsTest {

    private static final InputPosition FIRST = new InputPosition("images.a", 0, 7);
    private static final InputPosition SECOND = new InputPosition("images.a", 1, 7);
    private final Exception refused = new IllegalStateException("refused");

    private final Map<String, FailedRecord> written = new HashMap<>();
    private final FailureLedger ledger = new FailureLedger() {
        @Override
        public Optional<Map<String, FailedRecord>> read() {
            return Optional.of(Map.copyOf(written));
        }

        @Override
        public void write(Map<String, Optional<FailedRecord>> changes) {
            changes.forEach(
                    (key, record) -> record.ifPresentOrElse(some -> written.put(key, some), () -> written.remove(key)));
        }
    };

    private final AtomicLong nanos = new AtomicLong();
    private FailedRecords failed = new FailedRecords(ledger, 2, nanos::get);

    @Test
    void thirdFailureIsTheLastAlsoForAnotherInstance() {
        fail(FIRST);
        fail(FIRST);
        failed = new FailedRecords(ledger, 2);
        failed.begin(FIRST);
        assertThat(failed.blame(refused)).isTrue();
        failed.aborted();
        assertThatThrownBy(() -> failed.begin(FIRST))
                .hasMessage("3 attempts failed, the last of java.lang.IllegalStateException: refused");
    }

    @Test
    void ofSeveralRecordsNoneIsCountedButTheInstanceIsCarefulForAWhile() {
        failed.begin(FIRST);
        failed.begin(SECOND);
        assertThat(failed.isCareful()).isFalse();
        assertThat(failed.blame(refused)).isTrue();
        assertThat(written).isEmpty();
        assertThat(failed.isCareful()).isTrue();
        nanos.addAndGet(Duration.ofMinutes(6).toNanos());
        assertThat(failed.isCareful()).isFalse();
    }

    @Test
    void withNothingInHandTheInstanceIsAtFault() {
        assertThat(failed.blame(refused)).isFalse();
    }

    @Test
    void whereMemoryRunsOutWithNothingInHandRecordsAreReadOneByOneForSomeTries() {
        int tries = 0;
        while (failed.blame(new OutOfMemoryError("Java heap space"))) {
            assertThat(failed.isCareful()).isTrue();
            tries++;
        }
        assertThat(tries).isEqualTo(30);
        succeed(FIRST);
        assertThat(failed.blame(new OutOfMemoryError("Java heap space"))).isTrue();
        assertThat(written).isEmpty();
    }

    @Test
    void recordForWhichThereIsNoMemoryIsPassedOverAfterThreeTriesAndWhatIsBehindItAtOnce() {
        InputPosition behind = new InputPosition("images.a", 0, 8);
        OutOfMemoryError none = new OutOfMemoryError("Java heap space");
        for (int count = 0; count < Attempts.MOST; count++) {
            assertThat(failed.isUnread(FIRST, none)).isFalse();
            failed = new FailedRecords(ledger, 2, nanos::get);
            failed.known().read();
        }
        assertThat(failed.isBehindUnread(behind)).isFalse();
        assertThat(failed.isUnread(FIRST, none)).isTrue();
        assertThat(failed.isBehindUnread(behind)).isTrue();
        assertThat(failed.isUnread(behind, none)).isTrue();
        assertThat(failed.leastCut(FIRST)).isEqualTo(DeadLetterRecord.Cut.KEY);
        assertThatThrownBy(() -> failed.begin(FIRST))
                .isInstanceOfSatisfying(
                        EventRejectedException.class,
                        rejected -> assertThat(rejected.reason())
                                .isEqualTo(EventRejectedException.Reason.RECORD_TOO_LARGE));
    }

    @Test
    void successForgetsTheFailuresOfTheRecord() {
        fail(FIRST);
        assertThat(written).containsOnlyKeys("images.a-0-7");
        succeed(FIRST);
        assertThat(written).isEmpty();
    }

    @Test
    void deadLetterThatIsRefusedIsCutMoreAndMoreAndThenTheInstanceStops() {
        for (int count = 0; count < Attempts.MOST; count++) {
            fail(FIRST);
        }
        for (DeadLetterRecord.Cut cut : DeadLetterRecord.Cut.values()) {
            assertThat(failed.leastCut(FIRST)).isEqualTo(cut);
            assertThatThrownBy(() -> failed.begin(FIRST)).isInstanceOf(EventRejectedException.class);
            assertThat(failed.blame(refused)).isEqualTo(cut != DeadLetterRecord.Cut.KEY);
            failed.aborted();
        }
    }

    @Test
    void seriesWithoutAResultEndsAlsoAfterARestart() {
        bury(FIRST);
        bury(SECOND);
        failed = new FailedRecords(ledger, 2);
        failed.known().read();
        assertThatThrownBy(() -> failed.giveUp(new InputPosition("images.a", 0, 8), refused))
                .isInstanceOf(TooManyDeadLettersException.class)
                .hasMessageStartingWith("2 inputs in a row failed at every attempt");
    }

    @Test
    void resultEndsASeries() {
        bury(FIRST);
        bury(SECOND);
        succeed(new InputPosition("images.a", 0, 8));
        assertThat(written).isEmpty();
        assertThatCode(() -> bury(new InputPosition("images.a", 0, 9))).doesNotThrowAnyException();
    }

    @Test
    void resultDoesNotForgetWhatIsNotBuriedYet() {
        for (int count = 0; count < Attempts.MOST; count++) {
            fail(FIRST);
        }
        succeed(SECOND);
        assertThatThrownBy(() -> failed.begin(FIRST)).isInstanceOf(EventRejectedException.class);
    }

    @Test
    void recordIsReadAsItWasWritten() {
        FailedRecord record = FailedRecord.NEVER.failedAgain(refused);
        assertThat(FailedRecord.of(record.toBytes())).isEqualTo(record);
        assertThat(record.trace()).startsWith("java.lang.IllegalStateException: refused\n\tat ");
        assertThat(FailedRecord.of(FailedRecord.buried().toBytes()).isBuried()).isTrue();
    }

    private void fail(InputPosition input) {
        failed.begin(input);
        assertThat(failed.blame(refused)).isTrue();
        failed.aborted();
    }

    private void succeed(InputPosition input) {
        failed.begin(input);
        failed.result();
        failed.committed();
    }

    private void bury(InputPosition input) {
        failed.begin(input);
        failed.giveUp(input, refused);
        failed.committed();
    }
}
