package dev.cyclestream.service;

import dev.cyclestream.process.LastMoment;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The way for a command that is told to end (SIGTERM, Ctrl-C) to come to an end of its own, and to say what it has done. */
public final class ToldToEnd implements AutoCloseable {

    /** Less than container engines wait before they kill. */
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::awaitEnd, "told-to-end");
    private volatile boolean told;
    private volatile int exitCode = ExitCode.SOFTWARE;

    public ToldToEnd() {
        LastMoment.takeOver();
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** True if it is time to end. */
    public boolean isTold() {
        return told;
    }

    /** Says what the exit code will be; returns it. */
    public int exitWith(int code) {
        exitCode = code;
        return code;
    }

    /** The command has done and said everything. */
    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            LastMoment.handBack();
        } catch (IllegalStateException e) {
            // The process was told to end meanwhile, and the hook ends it.
        }
    }

    private void awaitEnd() {
        told = true;
        try {
            boolean inTime = ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            System.out.flush();
            LastMoment.come();
            Runtime.getRuntime().halt(inTime ? exitCode : ExitCode.SOFTWARE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
