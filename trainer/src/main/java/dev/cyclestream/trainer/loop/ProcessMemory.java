package dev.cyclestream.trainer.loop;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Keeps a long run as small as it was in the beginning: the Java heap, and the native memory beside it that tensors live in.
 *
 * <p>A step leaves less than a mebibyte of Java garbage, so that a collector left alone lets the heap grow for thousands of
 * steps before it looks. The live part is small and is collected in milliseconds. What saved states and samples needed of
 * native memory is free after them, but stays with the process until the C library is told to trim its heap; Java 17 can do
 * that on Linux with glibc, and where it cannot, the memory stays.
 */
final class ProcessMemory {

    private static final int STEPS_BETWEEN = 100;
    private static final String DIAGNOSTICS = "com.sun.management:type=DiagnosticCommand";
    private static final String TRIM = "systemTrimNativeHeap";

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final boolean canTrim = canTrim();

    /** Gives back what nobody needs any more, when it is time, after all that followed a step. */
    void afterStep(long step) {
        if (step % STEPS_BETWEEN == 0) {
            System.gc();
            if (canTrim) {
                trim();
            }
        }
    }

    private boolean canTrim() {
        try {
            return Arrays.stream(
                            server.getMBeanInfo(new ObjectName(DIAGNOSTICS)).getOperations())
                    .anyMatch(operation -> operation.getName().equals(TRIM));
        } catch (JMException e) {
            return false; // another kind of Java
        }
    }

    private void trim() {
        try {
            server.invoke(new ObjectName(DIAGNOSTICS), TRIM, new Object[0], new String[0]);
        } catch (JMException e) {
            throw new IllegalStateException("cannot trim the native heap", e);
        }
    }
}
