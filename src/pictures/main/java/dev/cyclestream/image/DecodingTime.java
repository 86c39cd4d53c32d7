package dev.cyclestream.image;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Watches the clock while an image is decoded: some small files hold a core for minutes. */
final class DecodingTime implements AutoCloseable {

    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private final AtomicBoolean over = new AtomicBoolean();
    private final ScheduledFuture<?> alarm;

    private DecodingTime(Duration limit, Runnable atTheEnd) {
        alarm = CLOCK.schedule(
                () -> {
                    over.set(true);
                    atTheEnd.run();
                },
                limit.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    /** @param atTheEnd is run on another thread if the time ends before this is closed */
    static DecodingTime limit(Duration limit, Runnable atTheEnd) {
        return new DecodingTime(limit, atTheEnd);
    }

    boolean isOver() {
        return over.get();
    }

    @Override
    public void close() {
        alarm.cancel(false);
    }

    private static ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "decoding-time");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }
}
