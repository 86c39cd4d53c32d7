package dev.cyclestream.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OptionFaultsTest {

    static final class Samples {
        @Range(from = "1", to = "64")
        int both;

        @Range(above = "0", below = "1")
        double open;

        @Range(from = "16", multipleOf = 4)
        int side;

        @Range(from = "PT0.5S")
        Duration duration;

        @Range(to = "2KiB")
        ByteSize size;

        @Range
        double any;
    }

    @Test
    void boundsThemselvesAreInTheRange() {
        assertThat(fault("both", 1)).isEmpty();
        assertThat(fault("both", 64)).isEmpty();
        assertThat(fault("both", 0)).contains("expected 1 to 64, found 0");
        assertThat(fault("both", 65)).contains("expected 1 to 64, found 65");
    }

    @Test
    void openBoundsAreNot() {
        assertThat(fault("open", 0.5)).isEmpty();
        assertThat(fault("open", 0.0)).contains("expected more than 0 and less than 1, found 0.0");
        assertThat(fault("open", 1.0)).isPresent();
    }

    @Test
    void whatIsNoFiniteNumberIsInNoRange() {
        assertThat(fault("any", -3e300)).isEmpty();
        assertThat(fault("any", Double.NaN)).contains("expected a number, found NaN");
        assertThat(fault("any", Double.POSITIVE_INFINITY)).isPresent();
        assertThat(fault("any", Float.NaN)).isPresent();
    }

    @Test
    void multiplesAreAskedFor() {
        assertThat(fault("side", 16)).isEmpty();
        assertThat(fault("side", 18)).contains("expected at least 16 and a multiple of 4, found 18");
    }

    @Test
    void durationsAndSizesAreCompared() {
        assertThat(fault("duration", Duration.ofMillis(500))).isEmpty();
        assertThat(fault("duration", Duration.ofMillis(499))).contains("expected at least PT0.5S, found PT0.499S");
        assertThat(fault("size", new ByteSize(2048))).isEmpty();
        assertThat(fault("size", new ByteSize(2049))).contains("expected at most 2KiB, found 2049B");
    }

    @Test
    void eachOfSeveralValuesIsLookedAt() {
        assertThat(fault("both", List.of(1, 64, 65))).contains("expected 1 to 64, found 65");
        assertThat(fault("both", Optional.of(0))).contains("expected 1 to 64, found 0");
        assertThat(fault("both", Optional.empty())).isEmpty();
        assertThat(fault("both", null)).isEmpty();
    }

    private static Optional<String> fault(String field, Object value) {
        try {
            return OptionFaults.of(Samples.class.getDeclaredField(field), value);
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
    }
}
