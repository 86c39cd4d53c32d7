package dev.cyclestream.process;

import java.util.ArrayList;
import java.util.List;

/** Work right before the process ends, when nothing else runs any more; a process that is killed does none of it. */
public final class LastMoment {

    private static final List<Runnable> TASKS = new ArrayList<>();
    private static volatile boolean takenOver;

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            if (!takenOver) {
                                come();
                            }
                        },
                        "last-moment"));
    }

    private LastMoment() {}

    /** Adds something that is to be done. */
    public static synchronized void add(Runnable task) {
        TASKS.add(task);
    }

    /** Somebody calls {@link #come} when the process is told to end, but has work to do before that. */
    public static void takeOver() {
        takenOver = true;
    }

    /** There is no such work any more. */
    public static void handBack() {
        takenOver = false;
    }

    /** Does it, the last thing that was added first. */
    public static synchronized void come() {
        for (int index = TASKS.size() - 1; index >= 0; index--) {
            TASKS.get(index).run();
        }
        TASKS.clear();
    }
}
