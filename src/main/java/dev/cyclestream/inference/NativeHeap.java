package dev.cyclestream.inference;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The memory that native libraries take from the C library. */
final class NativeHeap {

    private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";
    private static final String TRIM = "systemTrimNativeHeap";

    private NativeHeap() {}

    /**
     * Gives what was freed back to the system. glibc keeps it otherwise, in as many pools as there were threads. Does nothing on a
     * Java that cannot (before 17.0.9 and 21.0.1, and elsewhere than on Linux with glibc).
     */
    static void trim() {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            server.invoke(new ObjectName(COMMANDS), TRIM, new Object[0], new String[0]);
        } catch (JMException e) {
            return; // this Java cannot
        }
    }
}
