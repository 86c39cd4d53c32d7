package dev.cyclestream.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Tells when Java has compiled what runs: until then its compiler takes the cores from what is to be measured. */
final class WarmUp {

    private static final Duration WINDOW = Duration.ofSeconds(5);

    /** Share of a window that the compiler may work when all is warm. */
    private static final double QUIET = 0.01;

    private final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    private final Duration longest;
    private final long start = System.nanoTime();
    private long windowStart = start;
    private long compiledBefore = compiler.getTotalCompilationTime();
    private boolean over;

    /** @param longest is over after this time in any case */
    WarmUp(Duration longest) {
        this.longest = longest;
    }

    boolean isOver() {
        long now = System.nanoTime();
        if (!over && now - windowStart >= WINDOW.toNanos()) {
            long compiled = compiler.getTotalCompilationTime();
            over = Duration.ofMillis(compiled - compiledBefore).toNanos() < QUIET * (now - windowStart);
            windowStart = now;
            compiledBefore = compiled;
        }
        over |= now - start >= longest.toNanos();
        return over;
    }

    /** Since it began. */
    double seconds() {
        return (windowStart - start) / 1e9;
    }
}
