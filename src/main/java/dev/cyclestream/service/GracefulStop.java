package dev.cyclestream.service;

import dev.cyclestream.inference.RunsInHand;
import dev.cyclestream.process.LastMoment;

/**
 * The stop of a service in good order, whether it ended by itself or the process is told to end (SIGTERM, Ctrl-C). A process
 * that is told to end and does so in good order has an exit code of its own, which the JVM would not give it.
 */
public final class GracefulStop implements AutoCloseable {

    /** The work at the end. */
    @FunctionalInterface
    public interface Ending {

        /**
         * Is run once.
         *
         * @param told whether the process was told to end
         * @return the exit code
         */
        int run(boolean told);
    }

    private final Ending ending;
    private final Thread hook = new Thread(this::stopAndHalt, "graceful-stop");
    private int exitCode;
    private boolean stopped;
    private volatile boolean told;

    public GracefulStop(Ending ending) {
        this.ending = ending;
        RunsInHand.finishedBySomebody();
        LastMoment.takeOver();
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Ends in good order; returns the exit code. */
    public synchronized int end() {
        if (!stopped) {
            stopped = true;
            exitCode = ending.run(told);
        }
        return exitCode;
    }

    /** Ends if that was not done: then something was thrown, and whoever catches it says what. */
    @Override
    public synchronized void close() {
        if (!stopped) {
            end();
            exitCode = told ? exitCode : ExitCode.SOFTWARE;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            LastMoment.handBack();
            RunsInHand.finishedByNobodyElse();
        } catch (IllegalStateException e) {
            // The process was told to end meanwhile, and the hook ends it.
        }
    }

    private void stopAndHalt() {
        told = true;
        int code = end();
        RunsInHand.finish();
        System.out.flush();
        LastMoment.come();
        Runtime.getRuntime().halt(code);
    }
}
