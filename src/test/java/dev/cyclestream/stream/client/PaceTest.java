package dev.cyclestream.stream.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PaceTest {

    @Test
    void turnsAreNoCloserThanTheRateAllows() {
        Pace pace = Pace.of(50);
        pace.awaitTurn();
        long start = System.nanoTime();
        for (int turn = 0; turn < 5; turn++) {
            pace.awaitTurn();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(99));
    }

    @Test
    void timeInWhichNoImageCameIsNotMadeUpFor() throws InterruptedException {
        Pace pace = Pace.of(20);
        Thread.sleep(300);
        pace.awaitTurn();
        long start = System.nanoTime();
        pace.awaitTurn();
        pace.awaitTurn();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(90));
    }

    @Test
    void nobodyWaitsAfterTheRelease() {
        Pace pace = Pace.of(0.0001);
        pace.awaitTurn();
        pace.release();
        pace.awaitTurn(); // would take hours
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void rateThatIsNoneIsRefused(double rate) {
        assertThatThrownBy(() -> Pace.of(rate)).hasMessageStartingWith("rate: expected images a second");
    }
}
