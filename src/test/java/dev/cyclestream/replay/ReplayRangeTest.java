package dev.cyclestream.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayRangeTest {

    private static final Set<Integer> PARTITIONS = Set.of(0, 1, 2);

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "10 9",
                "0:5,1:5 0:5,1:4",
                "2026-05-01T12:00:00Z 2026-05-01T11:59:59Z",
                "latest earliest",
                "latest now",
                "10 earliest"
            })
    void endBeforeTheBeginningIsRefused(String from, String to) {
        assertThatThrownBy(() -> range(from, to))
                .hasMessageContaining("expected an end that is not before the beginning");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {"10 10", "earliest latest", "earliest now", "now latest", "5 latest", "2026-05-01T12:00:00Z 80"})
    void otherRangesAreTaken(String from, String to) {
        assertThatCode(() -> range(from, to)).doesNotThrowAnyException();
    }

    @Test
    void offsetsOfDifferentPartitionsAreRefused() {
        assertThatThrownBy(() -> range("0:1,1:1", "0:2"))
                .hasMessage("--from, --to: expected offsets of the same partitions, found [0, 1] and [0]");
    }

    @Test
    void partitionThatTheTopicDoesNotHaveIsRefused() {
        assertThatThrownBy(() -> range("0:1,7:1", "latest").partitions("images.a", PARTITIONS))
                .hasMessage("--from: images.a has partitions 0 to 2, found offsets of [7]");
    }

    @Test
    void partitionsThatAreNotNamedAreLeftOut() {
        assertThat(range("1:4", "latest").partitions("images.a", PARTITIONS)).containsExactly(1);
        assertThat(range("earliest", "1:4,2:4").partitions("images.a", PARTITIONS))
                .containsExactly(1, 2);
        assertThat(range("4", "latest").partitions("images.a", PARTITIONS)).containsExactly(0, 1, 2);
    }

    @Test
    void timeThatIsStillToComeIsRefused() {
        Instant now = Instant.parse("2026-05-01T12:00:00Z");
        assertThatThrownBy(() -> range("earliest", "2026-05-01T12:00:01Z").requirePast(now))
                .hasMessageStartingWith("--to: expected a time that has passed, found 2026-05-01T12:00:01Z");
        assertThatCode(() -> range("earliest", "2026-05-01T12:00:00Z").requirePast(now))
                .doesNotThrowAnyException();
    }

    private static ReplayRange range(String from, String to) {
        return new ReplayRange(Edge.parse(from), Edge.parse(to));
    }
}
