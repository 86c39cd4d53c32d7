package dev.cyclestream.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Starts when it is made. */
final class Stopwatch {

    private static final double NANOS = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final long start = System.nanoTime();
    private final long processorStart = system.getProcessCpuTime();

    boolean hasRun(Duration length) {
        return System.nanoTime() - start >= length.toNanos();
    }

    /** Of so many images since the start. */
    double perSecond(int images) {
        return images * NANOS / (System.nanoTime() - start);
    }

    /** Of this process, for each of so many images since the start. */
    double processorMillis(int images) {
        return (system.getProcessCpuTime() - processorStart) / NANOS_PER_MILLI / images;
    }
}
