package dev.cyclestream.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.kafka.KafkaConnection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstanceTest {

    private final List<String> closed = new ArrayList<>();
    private final Instance instance = new Instance(new KafkaConnection("localhost:1", "mock://instance"));

    private record Part(String name, List<String> closed, boolean fails) implements AutoCloseable {
        @Override
        public void close() {
            closed.add(name);
            if (fails) {
                throw new IllegalStateException(name + " does not close");
            }
        }
    }

    @Test
    void partThatWasOpenedLastIsClosedFirst() {
        own("store", false);
        own("application", false);
        instance.close();
        assertThat(closed).containsExactly("application", "store");
    }

    @Test
    void partsAreClosedOnce() {
        own("store", false);
        instance.close();
        instance.close();
        assertThat(closed).containsExactly("store");
    }

    @Test
    void partThatDoesNotCloseKeepsNoOtherOpen() {
        own("store", true);
        own("translator", false);
        own("application", true);
        assertThatThrownBy(instance::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("application does not close")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("store does not close"));
        assertThat(closed).containsExactly("application", "translator", "store");
    }

    private void own(String name, boolean fails) {
        Part unused = instance.own(new Part(name, closed, fails));
    }
}
