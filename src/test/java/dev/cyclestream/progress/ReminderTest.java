package dev.cyclestream.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReminderTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Reminder reminder = new Reminder(nanos::get);

    @Test
    void sameIsDueOnceAMinuteWhateverItsNumbers() {
        assertThat(reminder.isDue("node 1 is away for 500 ms")).isTrue();
        assertThat(reminder.isDue("node 2 is away for 1000 ms")).isFalse();
        assertThat(reminder.isDue("the disk is full")).isTrue();
        nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(reminder.isDue("node 1 is away for 60000 ms")).isFalse();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(reminder.isDue("node 1 is away for 61000 ms")).isTrue();
    }

    @Test
    void forgetsTheOldestOfTooMany() {
        assertThat(reminder.isDue("a")).isTrue();
        for (char letter = 'b'; letter < 'b' + 300; letter++) {
            assertThat(reminder.isDue(String.valueOf(letter))).isTrue();
        }
        assertThat(reminder.isDue("a")).isTrue();
    }
}
