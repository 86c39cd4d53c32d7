package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartUpCheckTest {

    private static final Map<String, Integer> ROOM = Map.of("dead-letters", 16 << 20);

    @Test
    void quickGeneratorIsFine() {
        assertThat(check(12, 4, Duration.ofMillis(100)).violations(ROOM)).isEmpty();
    }

    @Test
    void slowGeneratorOverrunsTheTransaction() {
        assertThat(check(12, 4, Duration.ofSeconds(3)).violations(ROOM))
                .anyMatch(
                        line -> line.endsWith(
                                "a transaction may last 18.0 s, and transaction.timeout.ms allows 20.0 s; set --transaction-timeout to at least PT37S, or --max-side lower"))
                .anyMatch(
                        line -> line.endsWith(
                                "may take 288.0 s, and max.poll.interval.ms allows 300.0 s; set --buffered-records to at most 8"));
    }

    @Test
    void verySlowGeneratorCannotBeHelpedByBuffers() {
        assertThat(check(12, 4, Duration.ofMinutes(3)).violations(ROOM))
                .anyMatch(line -> line.endsWith("set --max-side lower, or --threads higher"));
    }

    @Test
    void deadLetterMustFitIntoItsTopic() {
        assertThat(check(12, 4, Duration.ofMillis(100)).violations(Map.of("dead-letters", 1 << 20)))
                .containsExactly(
                        "dead-letters: max.message.bytes is 1048576, and a dead letter may have 8519680; raise it, or set --max-image-bytes to at most 917504");
    }

    private static StartUpCheck check(int partitions, int threads, Duration largestImage) {
        StreamSettings settings =
                new StreamSettings("app", "dead-letters", threads, 8 << 20, StreamSettings.Tuning.DEFAULT);
        return new StartUpCheck(settings, partitions, largestImage, 2);
    }
}
