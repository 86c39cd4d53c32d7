package dev.cyclestream.trainer.loop;

/**
 * Keeps the Java heap small beside the native memory that tensors live in.
 *
 * <p>A step leaves less than a mebibyte of Java garbage, so that a collector left alone lets the heap grow for thousands of
 * steps before it looks. The live part is small and is collected in milliseconds.
 */
final class JavaHeap {

    private static final int STEPS_BETWEEN_COLLECTIONS = 100;

    private long steps;

    /** Counts a step, and collects the garbage of the last ones when it is time. */
    void afterStep() {
        steps++;
        if (steps % STEPS_BETWEEN_COLLECTIONS == 0) {
            System.gc();
        }
    }
}
