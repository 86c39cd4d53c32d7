package dev.cyclestream.cli;

import dev.cyclestream.inference.RunsInHand;
import picocli.CommandLine.ExitCode;

/**
 * Stops a service in good order, whether it ended by itself or the process is told to end (SIGTERM, Ctrl-C). A process that
 * is told to end and does so in good order has exit code 0, which the JVM would not give it.
 */
final class GracefulStop implements AutoCloseable {

    private final Runnable stop;
    private final Thread hook = new Thread(this::stopAndHalt, "graceful-stop");
    private int exitCode;
    private boolean said;
    private boolean stopped;
    private volatile boolean told;

    /** @param stop is run once */
    GracefulStop(Runnable stop) {
        this.stop = stop;
        RunsInHand.finishedBySomebody();
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Says what the exit code will be, unless the process was told to end meanwhile; returns it. */
    synchronized int exitWith(int code) {
        said = true;
        if (!told) {
            exitCode = code;
        }
        return code;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (!said) { // something was thrown
                exitWith(ExitCode.SOFTWARE);
            }
        }
        stopOnce();
    }

    private synchronized void stopOnce() {
        if (!stopped) {
            stopped = true;
            stop.run();
        }
    }

    private void stopAndHalt() {
        told = true;
        stopOnce();
        RunsInHand.finish();
        System.out.flush();
        Runtime.getRuntime().halt(exitCode);
    }
}
