package dev.cyclestream.progress;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Lets the same thing be said once a minute: what is waited for is known after the first time, and would hide the rest. Safe
 * for use by several threads.
 */
public final class Reminder {

    private static final Duration EVERY = Duration.ofMinutes(1);

    /** Far more than a service says in a minute; the oldest are forgotten. */
    private static final int MOST = 200;

    private final LongSupplier nanoClock;
    private final Map<String, Long> said = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    };

    public Reminder() {
        this(System::nanoTime);
    }

    Reminder(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** True if this was not said within the last minute, numbers aside; then it counts as said. */
    public synchronized boolean isDue(String text) {
        String key = text.replaceAll("[0-9]+", "#");
        long now = nanoClock.getAsLong();
        Long last = said.get(key);
        if (last != null && now - last < EVERY.toNanos()) {
            return false;
        }
        said.remove(key);
        said.put(key, now);
        return true;
    }
}
