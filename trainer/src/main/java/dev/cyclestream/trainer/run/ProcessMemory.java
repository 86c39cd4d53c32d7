package dev.cyclestream.trainer.run;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/**
 * Keeps a long run as small as it was in the beginning: the Java heap, and the native memory beside it that tensors live in.
 *
 * <p>A step leaves less than a mebibyte of Java garbage, so that a collector left alone lets the heap grow for thousands of
 * steps before it looks. The live part is small and is collected in milliseconds; by default, though, a collector keeps more
 * than twice as much again for what is to come. What saved states and samples needed of native memory is free after them, but
 * stays with the process until the C library is told to trim its heap; Java 17 can do that on Linux with glibc. Where a kind
 * of Java cannot be told one of this, the memory stays.
 */
final class ProcessMemory {

    private static final int STEPS_BETWEEN = 100;
    private static final String OPTIONS = "com.sun.management:type=HotSpotDiagnostic";
    private static final String LEAST_FREE = "MinHeapFreeRatio";
    private static final String MOST_FREE = "MaxHeapFreeRatio";
    private static final int LEAST_FREE_PERCENT = 20;
    private static final int MOST_FREE_PERCENT = 40;
    private static final String DIAGNOSTICS = "com.sun.management:type=DiagnosticCommand";
    private static final String TRIM = "systemTrimNativeHeap";

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final boolean canTrim = canTrim();

    /** Has the heap keep little that is free after a collection, unless whoever started Java said what to keep. */
    ProcessMemory() {
        try {
            if (isDefault(LEAST_FREE) && isDefault(MOST_FREE)) {
                setOption(LEAST_FREE, LEAST_FREE_PERCENT);
                setOption(MOST_FREE, MOST_FREE_PERCENT);
            }
        } catch (JMException | JMRuntimeException e) {
            return; // another kind of Java
        }
    }

    private boolean isDefault(String option) throws JMException {
        Object answer = server.invoke(
                new ObjectName(OPTIONS), "getVMOption", new Object[] {option}, new String[] {String.class.getName()});
        return ((CompositeData) answer).get("origin").equals("DEFAULT");
    }

    private void setOption(String option, int percent) throws JMException {
        server.invoke(
                new ObjectName(OPTIONS), "setVMOption", new Object[] {option, Integer.toString(percent)}, new String[] {
                    String.class.getName(), String.class.getName()
                });
    }

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
