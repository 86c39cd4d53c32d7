package dev.cyclestream.trainer.cli;

import dev.cyclestream.process.LastMoment;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.ExitCode;

/**
 * Ctrl-C or SIGTERM as a wish that the work can grant: the process waits until the work is {@link #granted() saved} and then
 * ends with exit code 0.
 */
final class StopSignal implements BooleanSupplier, AutoCloseable {

    private final CountDownLatch workEnded = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop");
    private volatile boolean wished;
    private volatile int exitCode = ExitCode.SOFTWARE;

    StopSignal() {
        LastMoment.takeOver();
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public boolean getAsBoolean() {
        return wished;
    }

    /** Everything is saved. */
    void granted() {
        exitCode = ExitCode.OK;
    }

    private void stop() {
        wished = true;
        System.err.println("stopping after this step");
        try {
            workEnded.await();
            LastMoment.come();
            Runtime.getRuntime().halt(exitCode); // a process that a signal ends would report the signal instead
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            LastMoment.handBack();
        } catch (IllegalStateException e) {
            workEnded.countDown(); // the hook runs already
        }
    }
}
