package dev.cyclestream.cli;

import dev.cyclestream.stream.Route;
import dev.cyclestream.stream.TranslationApplication;
import dev.cyclestream.stream.setup.GroupAgreement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ExitCode;

/** An instance from when it joins its group until it ends: says what it does, and ends if others in the group do something else. */
final class RunningInstance {

    private static final Logger LOGGER = LoggerFactory.getLogger(RunningInstance.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration REPORT_EVERY = Duration.ofSeconds(30);

    private final TranslationApplication application;
    private final List<Route> routes;
    private final GroupAgreement agreement;
    private long reported;
    private long reportedNanos = System.nanoTime();

    /** @param application that was not started yet */
    RunningInstance(TranslationApplication application, List<Route> routes, GroupAgreement agreement) {
        this.application = application;
        this.routes = routes;
        this.agreement = agreement;
    }

    /** Works until the application ends; returns the exit code. */
    int run() throws InterruptedException {
        application.start();
        boolean running = false;
        while (!application.hasEnded(Duration.ZERO)) {
            if (running) {
                application.hasEnded(LOOK_EVERY);
                report();
            } else if (application.isRunning(LOOK_EVERY)) {
                running = true;
                describe();
            }
            Optional<String> complaint = agreement.complaint(application.memberName());
            if (complaint.isPresent()) {
                LOGGER.error("stopped, nothing is lost: {}", complaint.get());
                return ExitCode.USAGE;
            }
        }
        Optional<Throwable> failure = application.awaitEnd();
        failure.ifPresent(e -> LOGGER.error("stopped, nothing is lost: {}", RunCommand.rootMessage(e), e));
        return failure.isPresent() ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private void describe() {
        routes.forEach(route -> LOGGER.info(
                "running: {} with checkpoint {} ({}) on {}, {} workers, batches of up to {}",
                route.describe(),
                route.translator().checkpoint().name(),
                route.translator().checkpoint().sha256(),
                route.translator().device(),
                route.translator().parallelism().workers(),
                route.translator().parallelism().largestBatch()));
    }

    private void report() {
        long now = System.nanoTime();
        long translated = count(routes);
        if (now - reportedNanos >= REPORT_EVERY.toNanos()) {
            reportedNanos = now;
            if (translated > reported) {
                LOGGER.info("translated {} images", translated);
                reported = translated;
            }
        }
    }

    static long count(List<Route> routes) {
        return routes.stream().mapToLong(route -> route.translator().count()).sum();
    }
}
