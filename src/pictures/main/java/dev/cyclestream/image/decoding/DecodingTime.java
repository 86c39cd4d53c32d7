package dev.cyclestream.image.decoding;

import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.ImageRejectedException.Reason;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the processor time that a thread spends on an image: some small files hold a core for minutes. Time in which the
 * thread waits or others have the processor does not count, so that no image fails on a busy machine that passes on an idle
 * one.
 */
final class DecodingTime implements AutoCloseable {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final ScheduledThreadPoolExecutor CLOCK = clock();
    private static final long SHORTEST_WAIT_NANOS = 1_000_000;

    private final Duration limit;
    private final long thread = Thread.currentThread().getId();
    private final long start = used();
    private volatile Runnable atTheEnd = () -> {};
    private volatile boolean over;
    private volatile boolean closed;
    private volatile ScheduledFuture<?> alarm;

    private DecodingTime(Duration limit) {
        this.limit = limit;
        look();
    }

    /** From now on, of the calling thread. */
    static DecodingTime limit(Duration limit) {
        return new DecodingTime(limit);
    }

    /** @param action ends what the thread does; it is run on another thread when the time is over */
    void whenOver(Runnable action) {
        atTheEnd = action;
        if (over) {
            action.run();
        }
    }

    /** @throws ImageRejectedException if the time is over */
    void check() {
        if (over || left() <= 0) {
            throw new ImageRejectedException(
                    Reason.DECODING_TOO_SLOW,
                    "expected to be decoded within %s of processor time, was not".formatted(limit));
        }
    }

    /**
     * The same, as far as the clock of this image has told; costs nothing.
     *
     * @throws ImageRejectedException if the time is over
     */
    void checkClock() {
        if (over) {
            check();
        }
    }

    /** Looks again when the time can be over at the earliest. */
    private void look() {
        long left = left();
        if (left <= 0) {
            over = true;
            atTheEnd.run();
        } else if (!closed) {
            alarm = CLOCK.schedule(this::look, Math.max(left, SHORTEST_WAIT_NANOS), TimeUnit.NANOSECONDS);
        }
    }

    private long left() {
        return limit.toNanos() - (used() - start);
    }

    private long used() {
        long processor = THREADS.isThreadCpuTimeSupported() ? THREADS.getThreadCpuTime(thread) : -1;
        return processor >= 0 ? processor : System.nanoTime();
    }

    @Override
    public void close() {
        closed = true;
        ScheduledFuture<?> last = alarm;
        if (last != null) {
            last.cancel(false);
        }
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
