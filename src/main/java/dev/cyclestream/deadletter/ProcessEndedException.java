package dev.cyclestream.deadletter;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Written down before an attempt that may end the process: nobody is left afterwards who could say it. */
final class ProcessEndedException extends RuntimeException {

    ProcessEndedException() {
        super(
                "the process ended while it translated the image (process %s, %s)"
                        .formatted(
                                ManagementFactory.getRuntimeMXBean().getName(),
                                Instant.now().truncatedTo(ChronoUnit.SECONDS)),
                null,
                false,
                false); // where it is made says nothing
    }
}
