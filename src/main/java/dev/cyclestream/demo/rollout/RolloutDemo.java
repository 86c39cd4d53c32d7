package dev.cyclestream.demo.rollout;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.checkpoint.GivenForm;
import dev.cyclestream.demo.Demo.DemoProgress;
import dev.cyclestream.demo.DemoFailedException;
import dev.cyclestream.demo.DemoPicture;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.inference.ImageTranslator.ImageCodec;
import dev.cyclestream.kafka.EmbeddedBroker;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.page.Pages;
import dev.cyclestream.rollout.HostName;
import dev.cyclestream.rollout.RolloutTopics;
import dev.cyclestream.rollout.Schedule.Trial;
import dev.cyclestream.rollout.Split;
import dev.cyclestream.rollout.live.InstanceRollout;
import dev.cyclestream.rollout.live.SplitCheck;
import dev.cyclestream.rollout.operation.RolloutOperator;
import dev.cyclestream.service.FetchedCheckpoints;
import dev.cyclestream.service.Instance;
import dev.cyclestream.storage.FileFetch;
import dev.cyclestream.stream.Collaborators;
import dev.cyclestream.stream.Route;
import dev.cyclestream.stream.StreamSettings;
import dev.cyclestream.stream.TranslationApplication;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A roll-out in one process: while pictures go from domain A to domain B, a candidate is put on trial and promoted, by what the
 * commands of {@code rollout} do. Every result is held against the record before the page is written.
 */
public final class RolloutDemo {

    private static final String APPLICATION = "cyclestream-demo";
    private static final String IMAGES_A = "images.a";
    private static final String TRANSLATED_B = "translated.b";
    private static final String DEAD_LETTERS = "dead-letters";
    private static final int PARTITIONS = 4;
    private static final int LEAST_IN_A_PHASE = 16;

    /** Results are seen soon after they are made, so that the phases do not blur. */
    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(100);

    private static final Trial HALF_AND_SHADOW = new Trial(0.5, true);
    private static final FileFetch FETCH = new FileFetch(Optional.empty(), "", 1 << 30);

    private final List<DemoPicture> pictures;
    private final Path output;
    private final DemoProgress progress;

    /**
     * The page and the figures that the demo leaves behind.
     *
     * @param results all of them made as it is on record
     * @param deadLetters pictures that could not be translated
     * @param switching how long each step took until it held in all partitions, for people
     */
    public record Result(int results, int deadLetters, List<String> switching, Path page) {}

    public RolloutDemo(List<DemoPicture> pictures, Path output, DemoProgress progress) {
        if (pictures.isEmpty()) {
            throw new IllegalArgumentException("demo: expected at least one picture, found none");
        }
        this.pictures = List.copyOf(pictures);
        this.output = output;
        this.progress = progress;
    }

    /**
     * Runs to the end.
     *
     * @throws DemoFailedException if the application stopped on the way, or a result was not made as it is on record
     */
    public Result run() throws IOException, InterruptedException {
        try (DemoCheckpoints checkpoints = DemoCheckpoints.write();
                EmbeddedBroker broker = EmbeddedBroker.start()) {
            progress.done("broker at " + broker.bootstrapServers());
            KafkaConnection connection =
                    new KafkaConnection(broker.bootstrapServers(), "mock://demo-" + UUID.randomUUID());
            RolledOut rolledOut = rollOut(connection, checkpoints);
            rolledOut.requireAsRecorded();
            RolloutPage page = new RolloutPage(rolledOut);
            Path file = output.resolve("rollout.html");
            Pages.write(file, page.report());
            return new Result(rolledOut.results().size(), rolledOut.deadLetters(), page.switching(), file);
        }
    }

    private RolledOut rollOut(KafkaConnection connection, DemoCheckpoints checkpoints)
            throws IOException, InterruptedException {
        try (Instance instance = new Instance(connection)) {
            InstanceRollout rollout = instance.own(new InstanceRollout(
                    connection, APPLICATION, new FetchedCheckpoints(FETCH, GivenForm.NONE, RolloutDemo::load)));
            ImageTranslator stable =
                    load(Checkpoint.open(checkpoints.stable()).requireDirection(DemoCheckpoints.DIRECTION));
            rollout.begin(stable, checkpoints.stable(), IMAGES_A, TRANSLATED_B);
            Route route = new Route(IMAGES_A, TRANSLATED_B, stable, rollout.translators());
            TranslationApplication application = build(instance, connection, route);
            rollout.start(application.memberName(), SplitCheck.NONE); // all pictures are small
            application.start();
            application.awaitRunning();
            progress.done("stream application with checkpoint %.12s"
                    .formatted(stable.checkpoint().sha256()));
            try (Traffic traffic = new Traffic(connection, names(route), pictures, application, progress);
                    RolloutOperator operator = new RolloutOperator(connection, APPLICATION, "demo@" + HostName.own())) {
                return rollOut(traffic, operator, checkpoints);
            }
        }
    }

    private static ImageTranslator load(Checkpoint checkpoint) {
        return ImageTranslator.load(checkpoint, ImageCodec.standard());
    }

    private TranslationApplication build(Instance instance, KafkaConnection connection, Route route) {
        StreamSettings settings = new StreamSettings(
                APPLICATION,
                DEAD_LETTERS,
                PARTITIONS,
                ImageLimits.DEFAULT.maxBytes(),
                new StreamSettings.Tuning(100, 16, COMMIT_INTERVAL, Duration.ofSeconds(10), Optional.empty()));
        instance.makeTopics(List.of(route), settings, PARTITIONS);
        // An instance looks for them now and then: made before it starts, it has them at once.
        RolloutTopics.makeMissing(connection, APPLICATION, PARTITIONS);
        RolloutTopics.makeShadow(connection, route.outputTopic());
        return instance.build(List.of(route), settings, Collaborators.none());
    }

    private static Traffic.TopicNames names(Route route) {
        return new Traffic.TopicNames(route.inputTopic(), route.outputTopic(), route.shadowTopic(), DEAD_LETTERS);
    }

    private RolledOut rollOut(Traffic traffic, RolloutOperator operator, DemoCheckpoints checkpoints)
            throws IOException, InterruptedException {
        int quarter = Math.max(LEAST_IN_A_PHASE, pictures.size() / 4);
        traffic.translate(quarter);
        announce(
                traffic,
                () -> operator.start(
                        DemoCheckpoints.DIRECTION, checkpoints.candidate().toUri(), FETCH, HALF_AND_SHADOW));
        traffic.translate(2 * quarter);
        announce(traffic, () -> operator.promote(DemoCheckpoints.DIRECTION));
        traffic.translate(quarter);
        RecordedDecisions decisions = new RecordedDecisions(
                operator.schedule(),
                operator.activations(),
                operator.schedule()
                        .first(DemoCheckpoints.DIRECTION)
                        .orElseThrow()
                        .stable());
        traffic.finish(decisions);
        return new RolledOut(pictures, decisions, traffic.results(), traffic.shadows(), traffic.deadLetters());
    }

    /** The operator works on a thread of its own, as one does on a machine of one's own: the pictures do not wait for it. */
    private static void announce(Traffic traffic, Callable<Split> step) throws IOException, InterruptedException {
        FutureTask<Split> announcing = new FutureTask<>(step);
        Thread operator = new Thread(announcing, "operator");
        operator.setDaemon(true);
        operator.start();
        while (!announcing.isDone()) {
            traffic.goOn();
        }
        try {
            traffic.translateUntil(announcing.get().number());
        } catch (ExecutionException e) {
            throw new DemoFailedException("the roll-out did not go on", Optional.of(e.getCause()));
        }
    }
}
