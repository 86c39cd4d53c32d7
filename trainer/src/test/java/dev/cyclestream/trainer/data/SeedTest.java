package dev.cyclestream.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedTest {

    @Test
    void sameStreamDrawsTheSame() {
        assertThat(new Seed(3).stream(Seed.Purpose.POOL, 7).nextLong())
                .isEqualTo(new Seed(3).stream(Seed.Purpose.POOL, 7).nextLong());
    }

    @Test
    void noTwoStreamsDrawTheSame() {
        Set<Long> drawn = new HashSet<>();
        for (long seed = 0; seed < 10; seed++) {
            for (Seed.Purpose purpose : Seed.Purpose.values()) {
                for (long index = 0; index < 100; index++) {
                    drawn.add(new Seed(seed).stream(purpose, index).nextLong());
                }
            }
        }
        assertThat(drawn).hasSize(10 * Seed.Purpose.values().length * 100);
    }
}
