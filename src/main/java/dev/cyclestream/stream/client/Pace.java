package dev.cyclestream.stream.client;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The most images that an instance translates in a second. Shared by all its threads. */
public final class Pace {

    private static final double NANOS = 1e9;
    private static final long LONGEST_NAP = 100_000_000;

    private final long nanosBetween;
    private final AtomicLong last;
    private volatile boolean released;

    private Pace(long nanosBetween) {
        this.nanosBetween = nanosBetween;
        last = new AtomicLong(System.nanoTime() - nanosBetween); // the first image need not wait
    }

    /** As fast as can be. */
    public static Pace unlimited() {
        return new Pace(0);
    }

    /** So many images a second, at most. */
    public static Pace of(double imagesPerSecond) {
        if (!(imagesPerSecond > 0) || imagesPerSecond > NANOS) {
            throw new IllegalArgumentException("rate: expected images a second, more than 0, found " + imagesPerSecond);
        }
        return new Pace((long) (NANOS / imagesPerSecond));
    }

    /** Waits for the turn of the next image; time in which no image came is not made up for. */
    public void awaitTurn() {
        if (nanosBetween == 0 || released) {
            return;
        }
        long turn = last.updateAndGet(before -> Math.max(before, System.nanoTime() - nanosBetween) + nanosBetween);
        long wait = turn - System.nanoTime();
        while (wait > 0 && !released && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(Math.min(wait, LONGEST_NAP));
            wait = turn - System.nanoTime();
        }
    }

    /** Nobody waits any more: what is in hand is to be finished. */
    public void release() {
        released = true;
    }
}
