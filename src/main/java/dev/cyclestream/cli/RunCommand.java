package dev.cyclestream.cli;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.cli.option.GeneratorOptions;
import dev.cyclestream.cli.option.ImageOptions;
import dev.cyclestream.cli.option.InferenceOptions;
import dev.cyclestream.cli.option.KafkaOptions;
import dev.cyclestream.cli.option.OperationsOptions;
import dev.cyclestream.cli.option.StorageOptions;
import dev.cyclestream.cli.option.TopicOptions;
import dev.cyclestream.cli.option.TuningOptions;
import dev.cyclestream.cli.value.ClientName;
import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.ops.MicrometerTranslationMetrics;
import dev.cyclestream.option.InputFile;
import dev.cyclestream.option.Range;
import dev.cyclestream.service.GracefulStop;
import dev.cyclestream.service.Instance;
import dev.cyclestream.service.Preparation;
import dev.cyclestream.service.RunningInstance;
import dev.cyclestream.storage.ImageStores;
import dev.cyclestream.stream.Route;
import dev.cyclestream.stream.StreamSettings;
import dev.cyclestream.stream.TranslationApplication;
import dev.cyclestream.stream.setup.GroupAgreement;
import dev.cyclestream.stream.setup.SetUp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
            description =
                    "Consumer group, and prefix of transactional ids; instances that share one must read the same topics.")
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

    @Option(
            names = "--partitions",
            description =
                    "Partitions of topics that are made; results get at least as many as their input has. Default: what the brokers say.")
    @Range(from = "1", to = "10000")
    private Optional<Integer> partitions;

    @Mixin
    private TuningOptions tuning;

    @Option(
            names = "--translate-again",
            description =
                    "Begin although the application id has no position in inputs whose results are there: they come a second time.")
    private boolean translateAgain;

    @Option(
            names = "--dry-run",
            description =
                    "Check the topics, the registry, the checkpoints and the settings, say which topics would be made, and end; changes nothing.")
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
        try (Instance instance = new Instance(connection)) {
            ImageStores stores = instance.own(storage.stores(images.maxInputBytes()));
            MicrometerTranslationMetrics metrics = instance.own(new MicrometerTranslationMetrics());
            List<Route> routes = loadRoutes(instance, metrics);
            routes.forEach(metrics::route);
            LOGGER.info("application {}: {}, properties {}", applicationId, kafka.describe(), connection.properties());
            SetUp setUp = SetUp.of(applicationId.value(), routes, topics.deadLetters());
            Preparation preparation = new Preparation(
                    connection,
                    setUp,
                    routes,
                    new Preparation.Wishes(dryRun, createTopics, partitions, translateAgain, Double.POSITIVE_INFINITY));
            Optional<StreamSettings> settings = preparation.settings(tuning.tuning(images));
            if (settings.isEmpty() || dryRun) {
                return settings.isEmpty() ? ExitCode.USAGE : ExitCode.OK;
            }
            TranslationApplication application =
                    instance.build(routes, settings.get(), new TranslationApplication.Collaborators(stores, metrics));
            try (GroupAgreement agreement = new GroupAgreement(connection, setUp)) {
                instance.serve(application, metrics, operations.address());
                return run(new RunningInstance(instance, application, routes, agreement), preparation);
            }
        }
    }

    private int run(RunningInstance running, Preparation preparation) throws InterruptedException {
        try (GracefulStop stop = new GracefulStop(running::end)) {
            Optional<Integer> end = preparation.awaitRegistry(running.application(), tuning.registryWait());
            if (end.isPresent()) {
                running.endsWith(end.get());
            } else {
                running.run();
            }
            return stop.end();
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

    private List<Route> loadRoutes(Instance instance, MicrometerTranslationMetrics metrics) throws IOException {
        List<Checkpoint> checkpoints = new ArrayList<>();
        if (aToB.isPresent()) {
            checkpoints.add(generators.open(aToB.get()).requireDirection(Direction.A_TO_B));
        }
        if (bToA.isPresent()) {
            checkpoints.add(generators.open(bToA.get()).requireDirection(Direction.B_TO_A));
        }
        return checkpoints.stream()
                .map(checkpoint -> topics.route(
                        instance.own(ImageTranslator.load(checkpoint, images.codec(), inference.settings(), metrics))))
                .toList();
    }
}
