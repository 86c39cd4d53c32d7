package dev.cyclestream.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;

import dev.cyclestream.event.EventSerdes;
import dev.cyclestream.inference.GeneratorFailedException;
import dev.cyclestream.stream.Backoff;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class FailureKindTest {

    @Test
    void whatComesBackByItselfIsTransient() {
        assertThat(FailureKind.of(new StreamsException(new TimeoutException("slow"))))
                .isEqualTo(FailureKind.TRANSIENT);
        EventSerdes serdes = new EventSerdes("http://localhost:1", Map.of(), Duration.ZERO);
        Exception away = catchException(
                () -> serdes.imageEvents().deserializer().deserialize("topic", new byte[] {0, 0, 0, 0, 1, 0}));
        assertThat(FailureKind.of(new StreamsException(away))).isEqualTo(FailureKind.TRANSIENT);
    }

    @Test
    void whatNobodyKnowsIsCounted() {
        assertThat(FailureKind.of(new IllegalStateException("?"))).isEqualTo(FailureKind.COUNTED);
        assertThat(FailureKind.of(new StreamsException(new OutOfMemoryError()))).isEqualTo(FailureKind.COUNTED);
        assertThat(FailureKind.of(new StackOverflowError())).isEqualTo(FailureKind.COUNTED);
        assertThat(FailureKind.of(new GeneratorFailedException("not this size")))
                .isEqualTo(FailureKind.COUNTED);
        assertThat(FailureKind.of(new StreamsException(new InvalidTimestampException("too old"))))
                .isEqualTo(FailureKind.COUNTED);
    }

    @Test
    void whatIsOfTheInstanceIsFatal() {
        assertThat(FailureKind.of(new StreamsException(new SaslAuthenticationException("password"))))
                .isEqualTo(FailureKind.FATAL);
        assertThat(FailureKind.of(new UnsatisfiedLinkError("no library"))).isEqualTo(FailureKind.FATAL);
        assertThat(FailureKind.of(new InstanceFailedException("?", new OutOfMemoryError())))
                .isEqualTo(FailureKind.FATAL);
    }

    @Test
    void inputAtFaultIsPoison() {
        Exception rejected = new EventRejectedException(EventRejectedException.Reason.NO_EVENT, "nothing");
        assertThat(FailureKind.of(new StreamsException(rejected))).isEqualTo(FailureKind.POISON);
    }

    @Test
    void waitsGrowAndEnd() {
        Backoff backoff = new Backoff();
        assertThat(backoff.next()).isEqualTo(Duration.ofMillis(500));
        assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(1));
        for (int count = 0; count < 10; count++) {
            backoff.next();
        }
        assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(15));
    }
}
