package dev.cyclestream.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadinessTest {

    private static final Duration TRANSACTION = Duration.ofSeconds(10);

    private Optional<String> state = Optional.empty();
    private Duration silent = Duration.ofSeconds(2);
    private Optional<String> brokerFailure = Optional.empty();
    private Optional<String> registry = Optional.empty();
    private Optional<String> trouble = Optional.empty();
    private Duration idle = Duration.ZERO;
    private Duration unread = Duration.ZERO;

    @Test
    void worksWhereNothingIsMissed() {
        idle = Duration.ofSeconds(9);
        unread = Duration.ofSeconds(14);
        brokerFailure = Optional.of("once");
        assertThat(whyNot()).isEmpty();
    }

    @Test
    void brokersThatAreSilentComeFirst() {
        silent = Duration.ofSeconds(12);
        brokerFailure = Optional.of("timed out");
        registry = Optional.of("refused");
        assertThat(whyNot()).contains("for 12 s the brokers have not said how far its group is: timed out");
    }

    @Test
    void whatIsWaitedForIsSaid() {
        registry = Optional.of("connection refused");
        assertThat(whyNot()).contains("waits for the schema registry: connection refused");
        registry = Optional.empty();
        trouble = Optional.of("/data: no space left");
        state = Optional.of("REBALANCING");
        assertThat(whyNot()).contains("tries again: /data: no space left");
        trouble = Optional.empty();
        assertThat(whyNot()).contains("waits for its partitions: REBALANCING");
    }

    @Test
    void partitionsThatNobodyReadsMakeAnIdleInstanceUnready() {
        unread = Duration.ofSeconds(16);
        assertThat(whyNot()).hasValueSatisfying(why -> assertThat(why).contains("for 16 s nobody has read"));
    }

    @Test
    void commitThatIsOverdueIsSaid() {
        idle = Duration.ofSeconds(11);
        assertThat(whyNot()).contains("images wait, and nothing has been committed for 11 s");
    }

    private Optional<String> whyNot() {
        return new Readiness(state, silent, brokerFailure, registry, trouble, idle, unread, TRANSACTION).whyNot();
    }
}
