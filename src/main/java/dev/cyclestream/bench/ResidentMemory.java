package dev.cyclestream.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The resident memory of this process: Java's heap and all that native libraries hold. */
public final class ResidentMemory {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final double KIB_PER_MIB = 1024;

    private ResidentMemory() {}

    /**
     * In MiB, now.
     *
     * @throws IOException where the system does not say
     */
    public static double mib() throws IOException {
        for (String line : Files.readAllLines(STATUS)) {
            if (line.startsWith(RESIDENT)) {
                return Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_MIB;
            }
        }
        throw new IOException(STATUS + ": expected a line " + RESIDENT + ", found none");
    }
}
