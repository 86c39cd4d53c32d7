package dev.cyclestream.progress;

import java.time.Duration;

/** Measures how long something has lasted; it stands at zero until it runs. */
final class Stopwatch {

    private boolean runs;
    private long startNanos;

    /** Runs from now on. */
    synchronized void restart() {
        runs = true;
        startNanos = System.nanoTime();
    }

    /** Goes on or begins if it is so, and otherwise stands at zero. */
    synchronized void runIf(boolean isSo) {
        if (!isSo) {
            runs = false;
        } else if (!runs) {
            restart();
        }
    }

    synchronized Duration elapsed() {
        return runs ? Duration.ofNanos(System.nanoTime() - startNanos) : Duration.ZERO;
    }
}
