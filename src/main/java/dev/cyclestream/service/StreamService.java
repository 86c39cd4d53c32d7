package dev.cyclestream.service;

import dev.cyclestream.anomaly.AnomalyWatch;
import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.ops.MicrometerTranslationMetrics;
import dev.cyclestream.rollout.live.InstanceRollout;
import dev.cyclestream.storage.ImageStores;
import dev.cyclestream.stream.Collaborators;
import dev.cyclestream.stream.Route;
import dev.cyclestream.stream.StreamSettings;
import dev.cyclestream.stream.TranslationApplication;
import dev.cyclestream.stream.setup.GroupAgreement;
import dev.cyclestream.stream.setup.SetUp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The translation of images as they come, by one instance: from the checks before it joins its group to its last line. */
public final class StreamService {

    private static final Logger LOGGER = LoggerFactory.getLogger(StreamService.class);

    private final InstanceSettings settings;
    private final Order order;

    /** A checkpoint, its file, and the topics between which it translates. */
    public record Leg(Checkpoint checkpoint, Path file, SetUp.Link topics) {}

    /**
     * The work of an instance.
     *
     * @param applicationId consumer group, and prefix of transactional ids
     * @param legs one for each direction
     * @param anomalyShare of the results that are translated back, 0 to 1; above 0 only with a leg for each direction
     * @param deadLetterTopic where inputs go that can never be translated
     * @param wishes of the user, for the checks
     */
    public record Order(
            String applicationId,
            List<Leg> legs,
            double anomalyShare,
            String deadLetterTopic,
            Preparation.Wishes wishes) {
        public Order {
            legs = List.copyOf(legs);
        }
    }

    public StreamService(InstanceSettings settings, Order order) {
        this.settings = settings;
        this.order = order;
    }

    /** Works until it is told to end, or must; returns the exit code. */
    public int run() throws IOException, InterruptedException {
        try (Instance instance = new Instance(settings.connection())) {
            ImageStores stores = instance.own(settings.stores().get());
            MicrometerTranslationMetrics metrics = instance.own(new MicrometerTranslationMetrics());
            InstanceRollout rollout = instance.own(new InstanceRollout(
                    settings.connection(), order.applicationId(), new FetchedCheckpoints(settings, metrics)));
            List<Route> routes = routes(rollout, metrics);
            routes.forEach(metrics::route);
            LOGGER.info(
                    "application {}: {}, properties {}",
                    order.applicationId(),
                    settings.connection().describe(),
                    settings.connection().properties());
            SetUp setUp = SetUp.of(order.applicationId(), routes, order.deadLetterTopic());
            Preparation preparation = new Preparation(settings.connection(), setUp, routes, order.wishes());
            Optional<StreamSettings> checked = preparation.settings(settings.tuning());
            if (checked.isEmpty() || order.wishes().checksOnly()) {
                return checked.isEmpty() ? ExitCode.USAGE : ExitCode.OK;
            }
            AnomalyWatch anomalies =
                    instance.own(new AnomalyWatch(order.anomalyShare(), rollout::lendStable, metrics.anomalies()));
            metrics.rollout(rollout::state);
            TranslationApplication application = instance.build(
                    routes,
                    checked.get(),
                    new Collaborators(stores, metrics, metrics.results().and(anomalies), Optional.empty()));
            try (GroupAgreement agreement = new GroupAgreement(settings.connection(), setUp)) {
                instance.serve(application, metrics, settings.operations());
                return run(new RunningInstance(instance, application, routes, agreement), preparation, rollout);
            }
        }
    }

    private List<Route> routes(InstanceRollout rollout, MicrometerTranslationMetrics metrics) {
        List<Route> routes = new ArrayList<>();
        for (Leg leg : order.legs()) {
            ImageTranslator translator = settings.load(leg.checkpoint(), metrics);
            rollout.begin(
                    translator,
                    leg.file(),
                    leg.topics().inputTopic(),
                    leg.topics().outputTopic());
            routes.add(new Route(
                    leg.topics().inputTopic(), leg.topics().outputTopic(), translator, rollout.translators()));
        }
        return routes;
    }

    private int run(RunningInstance running, Preparation preparation, InstanceRollout rollout)
            throws InterruptedException {
        try (GracefulStop stop = new GracefulStop(running::end)) {
            Optional<Integer> end = preparation.awaitRegistry(running.application(), settings.registryWait());
            if (end.isPresent()) {
                running.endsWith(end.get());
            } else {
                rollout.start(running.application().memberName(), preparation.splitTiming());
                running.run();
            }
            return stop.end();
        }
    }
}
