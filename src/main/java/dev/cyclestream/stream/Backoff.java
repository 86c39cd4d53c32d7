package dev.cyclestream.stream;

import java.time.Duration;

/** The wait before something is tried again: twice as long each time, from the start after a quiet while. */
public final class Backoff {

    private static final Duration SHORTEST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final Duration QUIET = Duration.ofMinutes(1);

    private Duration next = SHORTEST;
    private long lastNanos = System.nanoTime() - QUIET.toNanos();

    public synchronized Duration next() {
        long now = System.nanoTime();
        Duration since = Duration.ofNanos(now - lastNanos);
        Duration wait = since.compareTo(QUIET) > 0 ? SHORTEST : next;
        lastNanos = now;
        Duration doubled = wait.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return wait;
    }
}
