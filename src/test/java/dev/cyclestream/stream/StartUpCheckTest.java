package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.kafka.OutputLimits;
import dev.cyclestream.kafka.TopicLimits;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartUpCheckTest {

    private static final int THREADS = 4;
    private static final OutputLimits ROOM = limits(16 << 20);
    private static final StreamSettings SETTINGS =
            new StreamSettings("app", "dead-letters", THREADS, 8 << 20, StreamSettings.Tuning.DEFAULT);

    @Test
    void quickGeneratorIsFine() {
        StartUpCheck check = check(Duration.ofMillis(100));
        assertThat(check.violations(SETTINGS, ROOM)).isEmpty();
        assertThat(check.fittingTransactionTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(check.fittingBufferedRecords()).isEqualTo(16);
    }

    @Test
    void slowGeneratorOverrunsTheTransaction() {
        assertThat(check(Duration.ofSeconds(3)).violations(SETTINGS, ROOM))
                .anyMatch(
                        line -> line.endsWith(
                                "a transaction may last 18.0 s, and transaction.timeout.ms allows 10.0 s; set --transaction-timeout to at least PT37S, or --max-side lower"))
                .anyMatch(
                        line -> line.endsWith(
                                "may take 288.0 s, and max.poll.interval.ms allows 300.0 s; set --buffered-records to at most 8"));
    }

    @Test
    void settingsThatAreLeftOpenAreChosenForSlowGenerator() {
        StartUpCheck check = check(Duration.ofSeconds(3));
        StreamSettings chosen = withTiming(check.fittingBufferedRecords(), check.fittingTransactionTimeout());
        assertThat(chosen.tuning().bufferedRecords()).isEqualTo(5);
        assertThat(chosen.tuning().transactionTimeout()).isEqualTo(Duration.ofSeconds(55));
        assertThat(check.violations(chosen, ROOM)).isEmpty();
    }

    @Test
    void whatWasChosenIsNotRefusedWhenAnImageTakesHalfAsLongAgain() {
        StartUpCheck check = check(Duration.ofSeconds(3));
        StreamSettings chosen = withTiming(check.fittingBufferedRecords(), check.fittingTransactionTimeout());
        assertThat(check(Duration.ofMillis(4500)).violations(chosen, ROOM)).isEmpty();
        assertThat(check(Duration.ofSeconds(6)).violations(chosen, ROOM)).isNotEmpty();
    }

    @Test
    void transactionIsNoLongerThanTheBrokersGrant() {
        StartUpCheck check = check(Duration.ofMillis(100), Duration.ofSeconds(5));
        assertThat(check.fittingTransactionTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(check.violations(withTiming(16, Duration.ofSeconds(5)), ROOM))
                .isEmpty();
        assertThat(check.violations(withTiming(16, Duration.ofSeconds(6)), ROOM))
                .containsExactly(
                        "--transaction-timeout: the brokers grant at most PT5S (transaction.max.timeout.ms), found PT6S; set it to no more, or theirs higher");
        assertThat(check(Duration.ofSeconds(3), Duration.ofSeconds(30))
                        .violations(withTiming(1, Duration.ofSeconds(30)), ROOM))
                .singleElement()
                .asString()
                .endsWith(
                        "set --max-side lower, or --threads higher, since the brokers grant at most PT30S (transaction.max.timeout.ms)");
    }

    @Test
    void verySlowGeneratorCannotBeHelped() {
        StartUpCheck check = check(Duration.ofMinutes(3));
        StreamSettings chosen = withTiming(check.fittingBufferedRecords(), check.fittingTransactionTimeout());
        assertThat(check.violations(chosen, ROOM))
                .anyMatch(line -> line.contains("transaction.timeout.ms allows 900.0 s"))
                .anyMatch(line -> line.endsWith("set --max-side lower, or --threads higher"));
    }

    @Test
    void commitsComeMoreOftenThanTransactionsRunOut() {
        assertThatThrownBy(() -> new StreamSettings.Tuning(
                        100, 16, Duration.ofSeconds(10), Duration.ofSeconds(10), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "commit interval: expected at least 1 ms and less than the transaction timeout PT10S, found PT10S");
    }

    @Test
    void deadLetterMustFitIntoItsTopic() {
        assertThat(check(Duration.ofMillis(100)).violations(SETTINGS, limits(1 << 20)))
                .containsExactly(
                        "dead-letters: max.message.bytes is 1048576, and a dead letter may have 8519680; raise it, or set --max-image-bytes to at most 917504B");
    }

    @Test
    void deadLettersMustNotReplaceEachOther() {
        OutputLimits compacted = new OutputLimits(
                Map.of("dead-letters", new TopicLimits(16 << 20, true, Long.MAX_VALUE, Long.MAX_VALUE)));
        assertThat(check(Duration.ofMillis(100)).violations(SETTINGS, compacted))
                .containsExactly(
                        "dead-letters: cleanup.policy is compact, which deletes all but the last dead letter of each key; set it to delete");
    }

    private static OutputLimits limits(int maxRecordBytes) {
        return new OutputLimits(Map.of("dead-letters", TopicLimits.ofBytes(maxRecordBytes)));
    }

    private static StartUpCheck check(Duration largestImage) {
        return check(largestImage, Duration.ofMinutes(15));
    }

    private static StartUpCheck check(Duration largestImage, Duration longestTransaction) {
        return new StartUpCheck(THREADS, 12, largestImage, 2, longestTransaction);
    }

    private static StreamSettings withTiming(int bufferedRecords, Duration transactionTimeout) {
        return new StreamSettings(
                "app",
                "dead-letters",
                THREADS,
                8 << 20,
                new StreamSettings.Tuning(
                        100, bufferedRecords, Duration.ofMillis(100), transactionTimeout, Optional.empty()));
    }
}
