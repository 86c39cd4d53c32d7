package dev.cyclestream.service;

import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.ops.MicrometerTranslationMetrics;
import dev.cyclestream.option.OneLine;
import dev.cyclestream.replay.ReplayInstance;
import dev.cyclestream.replay.ReplayName;
import dev.cyclestream.replay.ReplayPlan;
import dev.cyclestream.replay.ReplayPlanner;
import dev.cyclestream.replay.ReplayProgress;
import dev.cyclestream.replay.ReplayRequest;
import dev.cyclestream.storage.ImageStores;
import dev.cyclestream.stream.Collaborators;
import dev.cyclestream.stream.Route;
import dev.cyclestream.stream.StreamSettings;
import dev.cyclestream.stream.TranslationApplication;
import dev.cyclestream.stream.client.BoundedRun;
import dev.cyclestream.stream.client.Pace;
import dev.cyclestream.stream.setup.SetUp;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The replay of a range of a topic, as far as one instance does it: from the plan to the last line, which goes to standard output. */
public final class ReplayService {

    private static final Logger LOGGER = LoggerFactory.getLogger(ReplayService.class);

    private final InstanceSettings settings;
    private final Order order;
    private final Display display;
    private final KafkaConnection connection;

    /**
     * The work of an instance.
     *
     * @param request for the range and what makes it again
     * @param maker of the images
     * @param transactionPatience how long the plan waits for transactions that are open in the range
     * @param rate most images a second; empty if there is no limit
     */
    public record Order(
            ReplayRequest request, ReplayMaker maker, Duration transactionPatience, Optional<Double> rate) {}

    /** Shows how far a replay is. */
    @FunctionalInterface
    public interface Display {

        /**
         * Begins to show it.
         *
         * @param length offsets of the range
         * @param done how many of them were done before
         */
        Bar begin(long length, long done);
    }

    /** The display of one replay. */
    public interface Bar extends AutoCloseable {

        /** Shows that so many offsets are done. */
        void stepTo(long done);

        @Override
        void close();
    }

    public ReplayService(InstanceSettings settings, Order order, Display display) {
        this.settings = settings;
        this.order = order;
        this.display = display;
        this.connection = settings.connection();
    }

    /** Works until the replay is complete, or the instance must end or is told to; returns the exit code. */
    public int run() throws IOException, InterruptedException {
        Pace pace = order.rate().map(Pace::of).orElseGet(Pace::unlimited);
        ReplayPlanner.Planned planned =
                new ReplayPlanner(connection, order.transactionPatience()).plan(order.request());
        if (planned.plan().isEmpty()) {
            return end(ReplayEnding.ofNothing(order.request(), planned));
        }
        ReplayPlan plan = planned.plan().get();
        LOGGER.info(
                "replay {}: {}: {}",
                plan.name(),
                planned.joined() ? "joined, with the range of its plan" : "planned",
                plan.describe());
        if (planned.complete()) {
            return end(ReplayEnding.complete(plan, planned.unread()));
        }
        try (ReplayProgress progress = new ReplayProgress(connection, plan)) {
            progress.requirePositions();
            progress.update();
            return progress.isComplete()
                    ? end(ReplayEnding.complete(plan, progress.unread()))
                    : work(plan, progress, pace);
        }
    }

    private static int end(ReplayEnding ending) {
        System.out.println(OneLine.of(ending.line()));
        return ending.exitCode();
    }

    private int work(ReplayPlan plan, ReplayProgress progress, Pace pace) throws IOException, InterruptedException {
        try (Instance instance = new Instance(connection)) {
            ImageStores stores = instance.own(settings.stores().get());
            MicrometerTranslationMetrics metrics = instance.own(new MicrometerTranslationMetrics());
            Route route = order.maker().route(plan, instance, settings, metrics);
            Optional<StreamSettings> checked = prepare(new ReplayName(plan.name()), route);
            if (checked.isEmpty()) {
                return ExitCode.USAGE;
            }
            BoundedRun run = new BoundedRun(plan.name(), route.inputTopic(), plan.bounds(), pace, progress);
            TranslationApplication application = instance.build(
                    List.of(route),
                    checked.get(),
                    new Collaborators(stores, metrics, metrics.results(), Optional.of(run)));
            metrics.route(route);
            instance.serve(application, metrics, settings.operations());
            LOGGER.info(
                    "replaying: {} on {}", route.describe(), route.translator().device());
            ReplayInstance replay = instance.own(new ReplayInstance(application, progress, settings.registryWait()));
            return run(instance, replay, plan, progress);
        }
    }

    /** Empty if something must be changed, which was said then. */
    private Optional<StreamSettings> prepare(ReplayName replay, Route route) {
        return new Preparation(
                        connection,
                        SetUp.of(replay.applicationId(), List.of(route), replay.deadLetterTopic()),
                        List.of(route),
                        new Preparation.Wishes(
                                false, true, Optional.of(1), true, order.rate().orElse(Double.POSITIVE_INFINITY)))
                .settings(settings.tuning());
    }

    private int run(Instance instance, ReplayInstance replay, ReplayPlan plan, ReplayProgress progress)
            throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (GracefulStop stop = new GracefulStop(told -> {
            instance.close();
            LOGGER.info("this instance translated and committed {} images", replay.images());
            return end(ReplayEnding.of(plan, progress, told, Optional.ofNullable(failure.get())));
        })) {
            run(replay, plan, progress).ifPresent(failure::set);
            return stop.end();
        }
    }

    private Optional<Throwable> run(ReplayInstance instance, ReplayPlan plan, ReplayProgress progress)
            throws InterruptedException {
        Optional<Throwable> failure;
        try (Bar bar = display.begin(plan.length(), progress.done())) {
            failure = instance.run(bar::stepTo);
        }
        failure.ifPresent(e -> LOGGER.error("stopped, nothing is lost: {}", TranslationApplication.describe(e), e));
        return failure;
    }
}
