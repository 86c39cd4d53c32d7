package dev.cyclestream.event;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The state of a schema registry, as answers show it; safe for use by several threads. */
public final class RegistryWatch {

    /** Longer than the pauses between two tries: who did not ask for so long does not need the registry any more. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(1);

    private final AtomicLong failures = new AtomicLong();
    private volatile Failure last;

    private record Failure(String message, long nanos) {}

    RegistryWatch() {}

    void failed(RegistryUnreachableException failure) {
        failures.incrementAndGet();
        last = new Failure(failure.getMessage(), System.nanoTime());
    }

    void answered() {
        last = null;
    }

    /** The number of requests that it did not answer, or not as a registry does. */
    public long failures() {
        return failures.get();
    }

    /** Why a schema that is needed cannot be had now; empty if the registry answered last, or nobody asks it. */
    public Optional<String> away() {
        return Optional.ofNullable(last)
                .filter(failure -> System.nanoTime() - failure.nanos() < FORGOTTEN.toNanos())
                .map(Failure::message);
    }
}
