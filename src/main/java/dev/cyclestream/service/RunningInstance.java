package dev.cyclestream.service;

import dev.cyclestream.progress.Progress;
import dev.cyclestream.stream.Route;
import dev.cyclestream.stream.TranslationApplication;
import dev.cyclestream.stream.setup.GroupAgreement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An instance from when it joins its group until it ends: says what it does, and ends if others in the group do something else. */
public final class RunningInstance {

    private static final Logger LOGGER = LoggerFactory.getLogger(RunningInstance.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration REPORT_EVERY = Duration.ofSeconds(30);

    private final Instance instance;
    private final TranslationApplication application;
    private final List<Route> routes;
    private final GroupAgreement agreement;
    private volatile Optional<String> complaint = Optional.empty();
    private int exitCode = ExitCode.OK;
    private long reported;
    private long reportedNanos = System.nanoTime();

    /**
     * Takes over an instance.
     *
     * @param application of the instance, which was not started yet
     */
    public RunningInstance(
            Instance instance, TranslationApplication application, List<Route> routes, GroupAgreement agreement) {
        this.instance = instance;
        this.application = application;
        this.routes = routes;
        this.agreement = agreement;
    }

    public TranslationApplication application() {
        return application;
    }

    /** Works until the application ends, or must. */
    public void run() throws InterruptedException {
        application.start();
        boolean running = false;
        while (!application.hasEnded(Duration.ZERO) && complaint.isEmpty()) {
            if (running) {
                application.hasEnded(LOOK_EVERY);
                report();
            } else if (application.isRunning(LOOK_EVERY)) {
                running = true;
                describe();
            }
            complaint = agreement.complaint(application.memberName());
        }
    }

    /** Ends with this exit code although nothing failed; why was said. */
    public void endsWith(int code) {
        exitCode = code;
    }

    /**
     * Finishes what is in hand. The last line says why it ends.
     *
     * @param told whether the process was told to end
     * @return the exit code
     */
    public int end(boolean told) {
        instance.close();
        Optional<Throwable> failure = application.failure();
        if (complaint.isPresent()) {
            LOGGER.error("stopped, nothing is lost, after {}: {}", done(), complaint.get());
            return ExitCode.USAGE;
        }
        if (failure.isPresent()) {
            LOGGER.error("this is what it failed of", failure.get());
            LOGGER.error(
                    "stopped, nothing is lost, after {}: {}", done(), TranslationApplication.describe(failure.get()));
            return ExitCode.SOFTWARE;
        }
        LOGGER.info("stopped{} after {}", told ? ", as it was told to," : "", done());
        return exitCode;
    }

    /** The inputs that this instance has committed, and those that it could not read any more. */
    private String done() {
        Progress progress = application.progress();
        String done = "%d images were translated and committed".formatted(progress.images());
        if (progress.deadLetters() > 0) {
            done += ", %d inputs became dead letters".formatted(progress.deadLetters());
        }
        if (progress.expired() > 0) {
            done += ", %d offsets were deleted from the log before they were read".formatted(progress.expired());
        }
        return done;
    }

    private void describe() {
        routes.forEach(route -> LOGGER.info(
                "running: {} with {} on {}, {} workers, batches of up to {}",
                route.describe(),
                route.translators().describe(route.translator().direction()),
                route.translator().device(),
                route.translator().parallelism().workers(),
                route.translator().parallelism().largestBatch()));
    }

    private void report() {
        long now = System.nanoTime();
        long translated = application.progress().images();
        if (now - reportedNanos >= REPORT_EVERY.toNanos()) {
            reportedNanos = now;
            if (translated > reported) {
                LOGGER.info("{}", done());
                reported = translated;
            }
        }
    }
}
