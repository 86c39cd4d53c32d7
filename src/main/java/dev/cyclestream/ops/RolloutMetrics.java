package dev.cyclestream.ops;

import dev.cyclestream.anomaly.AnomalyListener;
import dev.cyclestream.checkpoint.CycleErrors;
import dev.cyclestream.checkpoint.Maker;
import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.ImageTranslator.Translation;
import dev.cyclestream.progress.ProgressListener.CommittedInput;
import dev.cyclestream.rollout.Role;
import dev.cyclestream.rollout.live.ResultListener;
import dev.cyclestream.rollout.live.RolloutState;
import dev.cyclestream.rollout.live.RolloutState.InForce;
import dev.cyclestream.rollout.live.RolloutState.Loaded;
import dev.cyclestream.topic.InputPosition;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Counts and times by checkpoint and role, so that a candidate can be seen beside the stable one, and how far an instance is with
 * what was announced.
 */
final class RolloutMetrics implements ResultListener {

    private static final String DIRECTION = "direction";
    private static final String CHECKPOINT = "checkpoint";
    private static final Duration[] TIMES = Stream.of(
                    0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 1.0, 2.0, 5.0, 10.0)
            .map(seconds -> Duration.ofNanos(Math.round(seconds * 1e9)))
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final MetersOfCheckpoints<MakerMeters> made;
    private final AnomalyMetrics anomalies;
    private final MultiGauge checkpoints;
    private final MultiGauge baselines;
    private final MultiGauge announced;
    private final MultiGauge available;
    private final MultiGauge inForce;
    private final MultiGauge failed;
    private final MultiGauge allFailed;
    private final List<Loaded> begun = new ArrayList<>();
    private Optional<Supplier<RolloutState>> source = Optional.empty();

    /** The meters of one checkpoint in one role. */
    private record MakerMeters(
            Counter translations, Counter images, Counter deadLetters, Counter failures, Timer inference) {
        Stream<Meter> all() {
            return Stream.of(translations, images, deadLetters, failures, inference);
        }
    }

    RolloutMetrics(MeterRegistry registry) {
        this.registry = registry;
        made = new MetersOfCheckpoints<>(registry, this::meters, MakerMeters::all);
        anomalies = new AnomalyMetrics(registry);
        checkpoints = gauge("cyclestream.checkpoint.info", "The checkpoints that are loaded, and their role");
        baselines = MultiGauge.builder("cyclestream.anomaly.baseline.cycle.error")
                .description(
                        "The cycle error that this share of held-out pictures does not exceed, as the checkpoint says it")
                .baseUnit("permille")
                .register(registry);
        announced = gauge("cyclestream.rollout.split.announced", "The newest split that was announced; 0 if none was");
        available = gauge(
                "cyclestream.rollout.split.available",
                "The newest split whose checkpoints are loaded here; 0 if there is none");
        inForce = gauge(
                "cyclestream.rollout.split.in.force",
                "The split that made the last result of a partition; 0 if none was announced then");
        failed = gauge("cyclestream.rollout.checkpoint.failed", "1 for a checkpoint that could not be loaded here");
        allFailed = gauge("cyclestream.rollout.checkpoints.failed", "Checkpoints that could not be loaded here");
    }

    private MultiGauge gauge(String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    /** Takes down what an instance begins with; that is what it has where no source says more. */
    void begin(Loaded loaded) {
        begun.add(loaded);
        Maker maker = new Maker(loaded.direction(), loaded.sha256(), loaded.name(), Role.STABLE.toString());
        made.of(maker);
        anomalies.begin(maker);
    }

    AnomalyListener anomalies() {
        return anomalies;
    }

    /** Sets the source of the state, which is asked at each scrape. */
    void source(Supplier<RolloutState> state) {
        source = Optional.of(state);
    }

    @Override
    public void made(Maker maker, InputPosition input, Translation translation) {
        MakerMeters meters = made.of(maker);
        meters.translations().increment();
        meters.inference().record(translation.stages().inference());
    }

    @Override
    public void shadowFailed(Maker shadow) {
        made.of(shadow).failures().increment();
    }

    /** Counts what became of an input to whoever was to translate it. */
    void committed(CommittedInput input) {
        input.maker().ifPresent(maker -> {
            MakerMeters meters = made.of(maker);
            (input.deadLetterReason().isPresent() ? meters.deadLetters() : meters.images()).increment();
        });
    }

    private MakerMeters meters(Maker maker) {
        Tags tags = MetersOfCheckpoints.tags(maker);
        return new MakerMeters(
                counter("translations", "Translations made, also those that were made again", tags),
                counter("translated.images", "Images translated and committed", tags),
                counter(
                        "dead.letters",
                        "Inputs that this checkpoint was to translate, committed as dead letters",
                        tags),
                counter("shadow.failures", "Results of the shadow that could not be made", tags),
                Timer.builder("cyclestream.rollout.inference")
                        .description("Time of the batch that an image was in")
                        .tags(tags)
                        .serviceLevelObjectives(TIMES)
                        .register(registry));
    }

    private Counter counter(String name, String description, Tags tags) {
        return Counter.builder("cyclestream.rollout." + name)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    /** Reads the state, and forgets the meters of checkpoints that are gone. */
    synchronized void update() {
        RolloutState state = source.map(Supplier::get)
                .orElseGet(() -> new RolloutState(begun, Map.of(), Map.of(), Map.of(), Set.of()));
        checkpoints.register(state.loaded().stream().map(RolloutMetrics::row).toList(), true);
        baselines.register(
                state.loaded().stream().flatMap(RolloutMetrics::baseline).toList(), true);
        announced.register(rows(state.announced(), RolloutMetrics::tags), true);
        available.register(rows(state.available(), RolloutMetrics::tags), true);
        inForce.register(rows(state.inForce(), RolloutMetrics::tags), true);
        failed.register(
                rows(
                        state.notLoaded().stream().collect(Collectors.toMap(Function.identity(), sha256 -> 1L)),
                        sha256 -> Tags.of("sha256", sha256)),
                true);
        allFailed.register(
                List.of(MultiGauge.Row.of(Tags.empty(), state.notLoaded().size())), true);
        if (source.isPresent()) {
            Set<String> loaded = state.loaded().stream().map(Loaded::sha256).collect(Collectors.toSet());
            made.keep(loaded);
            anomalies.keep(loaded);
        }
    }

    private static MultiGauge.Row<?> row(Loaded loaded) {
        return MultiGauge.Row.of(
                Tags.of(
                        DIRECTION,
                        loaded.direction().name(),
                        CHECKPOINT,
                        loaded.name(),
                        "sha256",
                        loaded.sha256(),
                        "device",
                        loaded.device(),
                        "role",
                        role(loaded)),
                1);
    }

    private static Stream<MultiGauge.Row<?>> baseline(Loaded loaded) {
        Tags tags =
                MetersOfCheckpoints.tags(new Maker(loaded.direction(), loaded.sha256(), loaded.name(), role(loaded)));
        return loaded.baseline().stream()
                .flatMap(errors -> IntStream.range(0, CycleErrors.SHARES.size())
                        .mapToObj(index -> MultiGauge.Row.of(
                                tags.and(
                                        "quantile",
                                        CycleErrors.SHARES.get(index).toString()),
                                AnomalyMetrics.PER_MILLE * errors.quantiles().get(index))));
    }

    private static String role(Loaded loaded) {
        return loaded.role().map(Role::toString).orElse("none");
    }

    private static <K> List<MultiGauge.Row<?>> rows(Map<K, Long> values, Function<K, Tags> tags) {
        return values.entrySet().stream()
                .<MultiGauge.Row<?>>map(entry -> MultiGauge.Row.of(tags.apply(entry.getKey()), entry.getValue()))
                .toList();
    }

    private static Tags tags(Direction direction) {
        return Tags.of(DIRECTION, direction.name());
    }

    private static Tags tags(InForce place) {
        return tags(place.direction())
                .and("topic", place.topic())
                .and("partition", Integer.toString(place.partition()));
    }
}
