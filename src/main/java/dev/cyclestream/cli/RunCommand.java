package dev.cyclestream.cli;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.cli.value.ClientName;
import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.ops.MicrometerTranslationMetrics;
import dev.cyclestream.ops.OperationsServer;
import dev.cyclestream.option.InputFile;
import dev.cyclestream.option.Range;
import dev.cyclestream.storage.ImageStores;
import dev.cyclestream.stream.KafkaConnection;
import dev.cyclestream.stream.Route;
import dev.cyclestream.stream.StreamSettings;
import dev.cyclestream.stream.Topics;
import dev.cyclestream.stream.TranslationApplication;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        description = {
            "Translates image events until it is stopped, exactly once: images.a to translated.b, images.b to translated.a.",
            "Instances with the same application id share the work. SIGTERM finishes the images in hand."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class RunCommand implements Callable<Integer> {

    private static final Logger LOGGER = LoggerFactory.getLogger(RunCommand.class);
    private static final Duration REPORT_EVERY = Duration.ofSeconds(30);

    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--a-to-b",
            paramLabel = "FILE",
            description = "Checkpoint for A to B; without it, this direction rests.")
    private Optional<InputFile> aToB;

    @Option(
            names = "--b-to-a",
            paramLabel = "FILE",
            description = "Checkpoint for B to A; without it, this direction rests.")
    private Optional<InputFile> bToA;

    @Option(
            names = "--application-id",
            defaultValue = "cyclestream",
            description = "Consumer group, and prefix of transactional ids.")
    private ClientName applicationId;

    @Mixin
    private TopicOptions topics;

    @Option(
            names = "--create-topics",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Make the topics that are missing.")
    private boolean createTopics;

    @Option(names = "--partitions", description = "Partitions of topics that are made. Default: what the brokers say.")
    @Range(from = "1", to = "10000")
    private Optional<Integer> partitions;

    @Mixin
    private TuningOptions tuning;

    @Option(
            names = "--dry-run",
            description = "Check the topics, the registry, the checkpoints and the settings, and end.")
    private boolean dryRun;

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
        requireDirections();
        tuning.requireAgreement();
        operations.logFormat().use();
        KafkaConnection connection = kafka.connection();
        LOGGER.info("application {}: {}, properties {}", applicationId, kafka.describe(), connection.properties());
        ImageStores stores = storage.stores(images.maxInputBytes());
        MicrometerTranslationMetrics metrics = new MicrometerTranslationMetrics();
        List<Route> routes = loadRoutes(metrics);
        int inputPartitions = prepareTopics(connection, routes);
        if (dryRun) {
            connection.serdes().requireRegistry();
        }
        TuningOptions.Workload workload = new TuningOptions.Workload(
                applicationId.value(), topics.deadLetters(), routes, inputPartitions, Double.POSITIVE_INFINITY);
        Optional<StreamSettings> checked = tuning.settings(workload, images, connection);
        if (checked.isEmpty()) {
            return ExitCode.USAGE;
        }
        if (dryRun) {
            routes.forEach(route -> route.translator().close());
            return ExitCode.OK;
        }
        TranslationApplication application = TranslationApplication.of(
                routes, checked.get(), connection, new TranslationApplication.Surroundings(stores, metrics));
        Optional<OperationsServer> server = operations.serve(application, metrics);
        try (GracefulStop stop = new GracefulStop(() -> stop(application, routes, server))) {
            if (!application.awaitRegistry(tuning.registryWait())) {
                return stop.exitWith(ExitCode.OK);
            }
            routes.forEach(metrics::route);
            application.start();
            application.awaitRunning();
            routes.forEach(route -> LOGGER.info(
                    "running: {} with checkpoint {} ({}) on {}, {} workers, batches of up to {}",
                    route.describe(),
                    route.translator().checkpoint().name(),
                    route.translator().checkpoint().sha256(),
                    route.translator().device(),
                    route.translator().parallelism().workers(),
                    route.translator().parallelism().largestBatch()));
            return await(application, routes, stop);
        }
    }

    private void requireDirections() {
        Set<Direction> directions = EnumSet.noneOf(Direction.class);
        aToB.ifPresent(given -> directions.add(Direction.A_TO_B));
        bToA.ifPresent(given -> directions.add(Direction.B_TO_A));
        if (directions.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "expected --a-to-b or --b-to-a or both, found neither");
        }
        topics.requireDifferent(directions);
    }

    private List<Route> loadRoutes(MicrometerTranslationMetrics metrics) throws IOException {
        List<Checkpoint> checkpoints = new ArrayList<>();
        if (aToB.isPresent()) {
            checkpoints.add(generators.open(aToB.get()).requireDirection(Direction.A_TO_B));
        }
        if (bToA.isPresent()) {
            checkpoints.add(generators.open(bToA.get()).requireDirection(Direction.B_TO_A));
        }
        return checkpoints.stream()
                .map(checkpoint ->
                        topics.route(ImageTranslator.load(checkpoint, images.codec(), inference.settings(), metrics)))
                .toList();
    }

    /** Returns the number of partitions of the input topics, all together. */
    private int prepareTopics(KafkaConnection connection, List<Route> routes) {
        TreeSet<String> names = new TreeSet<>(List.of(topics.deadLetters()));
        routes.forEach(route -> names.addAll(List.of(route.inputTopic(), route.outputTopic())));
        try (Topics cluster = new Topics(connection)) {
            if (createTopics) {
                cluster.createMissing(names, partitions, StreamSettings.maxRecordBytes(images.maxImageBytes()))
                        .forEach(topic -> LOGGER.info("made topic {}", topic));
            }
            cluster.require(names);
            return cluster.partitions(routes.stream().map(Route::inputTopic).toList());
        }
    }

    private static int await(TranslationApplication application, List<Route> routes, GracefulStop stop)
            throws InterruptedException {
        long reported = 0;
        while (!application.hasEnded(REPORT_EVERY)) {
            long translated = count(routes);
            if (translated > reported) {
                LOGGER.info("translated {} images", translated);
                reported = translated;
            }
        }
        Optional<Throwable> failure = application.awaitEnd();
        failure.ifPresent(e -> LOGGER.error("stopped, nothing is lost: {}", rootMessage(e), e));
        return stop.exitWith(failure.isPresent() ? ExitCode.SOFTWARE : ExitCode.OK);
    }

    private static void stop(
            TranslationApplication application, List<Route> routes, Optional<OperationsServer> server) {
        application.close();
        routes.forEach(route -> route.translator().close());
        server.ifPresent(OperationsServer::close);
        LOGGER.info("stopped after {} images", count(routes));
    }

    private static long count(List<Route> routes) {
        return routes.stream().mapToLong(route -> route.translator().count()).sum();
    }

    static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
