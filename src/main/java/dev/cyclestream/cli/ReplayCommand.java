package dev.cyclestream.cli;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.cli.option.GeneratorOptions;
import dev.cyclestream.cli.option.ImageOptions;
import dev.cyclestream.cli.option.InferenceOptions;
import dev.cyclestream.cli.option.KafkaOptions;
import dev.cyclestream.cli.option.OperationsOptions;
import dev.cyclestream.cli.option.StorageOptions;
import dev.cyclestream.cli.option.TuningOptions;
import dev.cyclestream.cli.value.TopicName;
import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.ops.MicrometerTranslationMetrics;
import dev.cyclestream.option.InputFile;
import dev.cyclestream.option.OneLine;
import dev.cyclestream.option.Range;
import dev.cyclestream.replay.Edge;
import dev.cyclestream.replay.ReplayInstance;
import dev.cyclestream.replay.ReplayName;
import dev.cyclestream.replay.ReplayPlan;
import dev.cyclestream.replay.ReplayPlanner;
import dev.cyclestream.replay.ReplayProgress;
import dev.cyclestream.replay.ReplayRequest;
import dev.cyclestream.service.GracefulStop;
import dev.cyclestream.service.Instance;
import dev.cyclestream.service.Preparation;
import dev.cyclestream.service.ReplayEnding;
import dev.cyclestream.storage.ImageStores;
import dev.cyclestream.stream.BoundedRun;
import dev.cyclestream.stream.Pace;
import dev.cyclestream.stream.Route;
import dev.cyclestream.stream.StreamSettings;
import dev.cyclestream.stream.TranslationApplication;
import dev.cyclestream.stream.setup.SetUp;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "replay",
        description = {
            "Translates a range of a topic once more, with another checkpoint, into a topic of its own, and ends.",
            "Instances with the same name share the work: the first one fixes the range, the others take it from the plan.",
            "Stopped or killed and started again, it goes on where it was; when it is complete, it says so and does nothing."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class ReplayCommand implements Callable<Integer> {

    private static final Logger LOGGER = LoggerFactory.getLogger(ReplayCommand.class);

    @Mixin
    private KafkaOptions kafka;

    @Option(names = "--topic", required = true, description = "Image events to replay, such as images.a.")
    private TopicName topic;

    @Option(names = "--checkpoint", required = true, paramLabel = "FILE", description = "Checkpoint to translate with.")
    private InputFile checkpoint;

    @Option(
            names = "--from",
            paramLabel = "EDGE",
            description =
                    "Beginning of the range: earliest, latest, now, an offset, offsets by partition such as 0:120,1:80 (others are left out), or a time such as 2026-05-01T12:00:00Z. Default: earliest.")
    private Optional<Edge> from;

    @Option(
            names = "--to",
            paramLabel = "EDGE",
            description = "End of the range, in the same words; the record there is not replayed. Default: latest.")
    private Optional<Edge> to;

    @Option(
            names = "--name",
            description = "Name of the replay. Default: topic and first digits of the checkpoint's SHA-256.")
    private Optional<ReplayName> name;

    @Option(
            names = "--output-topic",
            paramLabel = "TOPIC",
            description =
                    "Topic that the images go to. Default: TOPIC-replay-DIGITS, behind it the name if one is given.")
    private Optional<TopicName> outputTopic;

    @Option(
            names = "--rate",
            paramLabel = "IMAGES",
            description = "Most images a second of this instance; two instances do twice as many. Default: no limit.")
    @Range(above = "0", to = "1000000000")
    private Optional<Double> rate;

    @Option(
            names = "--transaction-patience",
            defaultValue = "PT2M",
            paramLabel = "DURATION",
            description =
                    "Longest time that the plan waits for transactions that are open in the range. Images behind one that is still open then are not replayed, and the exit code is 1.")
    @Range(from = "PT0.001S", to = "PT24H")
    private Duration transactionPatience;

    @Option(
            names = "--direction",
            description =
                    "A_TO_B or B_TO_A, for a checkpoint of others, which does not say. Default: what the checkpoint says.")
    private Optional<Direction> direction;

    @Mixin
    private TuningOptions tuning;

    @Mixin
    private ImageOptions images;

    @Mixin
    private GeneratorOptions generators;

    @Mixin
    private InferenceOptions inference;

    @Mixin
    private StorageOptions storage;

    @Mixin
    private OperationsOptions operations;

    @Override
    public Integer call() throws IOException, InterruptedException {
        tuning.requireAgreement();
        operations.logFormat().use();
        Pace pace = rate.map(Pace::of).orElseGet(Pace::unlimited);
        KafkaConnection connection = kafka.connection();
        Checkpoint opened = open();
        ReplayRequest request = request(opened);
        ReplayPlanner.Planned planned = new ReplayPlanner(connection, transactionPatience).plan(request);
        if (planned.plan().isEmpty()) {
            return end(ReplayEnding.ofNothing(request, planned));
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
                    : work(connection, opened, plan, progress, pace);
        }
    }

    private static int end(ReplayEnding ending) {
        System.out.println(OneLine.of(ending.line()));
        return ending.exitCode();
    }

    private Checkpoint open() throws IOException {
        Checkpoint opened = generators.open(checkpoint);
        if (direction.isPresent()) {
            return opened.requireDirection(direction.get());
        }
        if (opened.direction().isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: does not say which way it translates; set --direction".formatted(opened.name()));
        }
        return opened;
    }

    private ReplayRequest request(Checkpoint opened) {
        return new ReplayRequest(
                name.orElseGet(() -> nameOf(opened)),
                topic.value(),
                from,
                to,
                new ReplayPlan.Recipe(opened.name(), opened.sha256(), images.describe()),
                outputTopic.map(TopicName::value));
    }

    private ReplayName nameOf(Checkpoint opened) {
        try {
            return ReplayName.of(topic.value(), opened.sha256());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--name: expected one, since the topic's is too long for a replay's", e);
        }
    }

    private int work(KafkaConnection connection, Checkpoint opened, ReplayPlan plan, ReplayProgress progress, Pace pace)
            throws IOException, InterruptedException {
        try (Instance instance = new Instance(connection)) {
            ImageStores stores = instance.own(storage.stores(images.maxInputBytes()));
            MicrometerTranslationMetrics metrics = instance.own(new MicrometerTranslationMetrics());
            Route route = new Route(
                    topic.value(),
                    plan.output().topic(),
                    instance.own(ImageTranslator.load(opened, images.codec(), inference.settings(), metrics)));
            Optional<StreamSettings> settings = prepare(connection, new ReplayName(plan.name()), route);
            if (settings.isEmpty()) {
                return ExitCode.USAGE;
            }
            TranslationApplication application = instance.build(
                    List.of(route),
                    settings.get(),
                    new TranslationApplication.Collaborators(
                            stores,
                            metrics,
                            Optional.of(new BoundedRun(plan.name(), topic.value(), plan.bounds(), pace, progress))));
            metrics.route(route);
            instance.serve(application, metrics, operations.address());
            LOGGER.info(
                    "replaying: {} on {}", route.describe(), route.translator().device());
            ReplayInstance replay = instance.own(new ReplayInstance(application, progress, tuning.registryWait()));
            return run(instance, replay, plan, progress);
        }
    }

    private static int run(Instance instance, ReplayInstance replay, ReplayPlan plan, ReplayProgress progress)
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

    /** Empty if something must be changed, which was said then. */
    private Optional<StreamSettings> prepare(KafkaConnection connection, ReplayName replay, Route route) {
        return new Preparation(
                        connection,
                        SetUp.of(replay.applicationId(), List.of(route), replay.deadLetterTopic()),
                        List.of(route),
                        new Preparation.Wishes(
                                false, true, Optional.of(1), true, rate.orElse(Double.POSITIVE_INFINITY)))
                .settings(tuning.tuning(images));
    }

    private static Optional<Throwable> run(ReplayInstance instance, ReplayPlan plan, ReplayProgress progress)
            throws InterruptedException {
        Optional<Throwable> failure;
        try (ConsoleProgress bar = new ConsoleProgress("replaying", plan.length(), progress.done())) {
            failure = instance.run(bar::stepTo);
        }
        failure.ifPresent(e -> LOGGER.error("stopped, nothing is lost: {}", TranslationApplication.describe(e), e));
        return failure;
    }
}
