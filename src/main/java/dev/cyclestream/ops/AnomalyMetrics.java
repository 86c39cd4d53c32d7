package dev.cyclestream.ops;

import dev.cyclestream.anomaly.AnomalyListener;
import dev.cyclestream.anomaly.Detector;
import dev.cyclestream.checkpoint.Maker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Figures of results that look wrong, by checkpoint and role. */
final class AnomalyMetrics implements AnomalyListener {

    /** Whole numbers, since a summary rounds what it counts up to the next one. */
    private static final double[] ERRORS = {5, 10, 15, 20, 30, 40, 50, 75, 100, 150, 200, 300, 500};

    /** Of the range of a sample. */
    static final double PER_MILLE = 1000;

    private final MeterRegistry registry;
    private final MetersOfCheckpoints<MakerMeters> watched;

    /** The meters of one checkpoint in one role. */
    private record MakerMeters(
            Map<Detector, Counter> found, Map<Drop, Counter> dropped, DistributionSummary cycleErrors) {
        Stream<Meter> all() {
            return Stream.of(found.values().stream(), dropped.values().stream(), Stream.of(cycleErrors))
                    .flatMap(meters -> meters);
        }
    }

    AnomalyMetrics(MeterRegistry registry) {
        this.registry = registry;
        watched = new MetersOfCheckpoints<>(registry, this::meters, MakerMeters::all);
    }

    @Override
    public void found(Maker maker, Detector detector) {
        watched.of(maker).found().get(detector).increment();
    }

    @Override
    public void checked(Maker maker, double cycleError) {
        watched.of(maker).cycleErrors().record(PER_MILLE * cycleError);
    }

    @Override
    public void dropped(Maker maker, Drop why) {
        watched.of(maker).dropped().get(why).increment();
    }

    /** Has the meters of a checkpoint there before anything is found. */
    void begin(Maker maker) {
        watched.of(maker);
    }

    /** Forgets the meters of all but these checkpoints. */
    void keep(Set<String> sha256s) {
        watched.keep(sha256s);
    }

    private MakerMeters meters(Maker maker) {
        Tags tags = MetersOfCheckpoints.tags(maker);
        return new MakerMeters(
                counters(
                        Detector.values(),
                        detector -> counter(
                                "cyclestream.anomalies",
                                "Results that look wrong",
                                tags.and("detector", tag(detector)))),
                counters(
                        Drop.values(),
                        why -> counter(
                                "cyclestream.anomaly.checks.dropped",
                                "Results that were to be translated back and were not",
                                tags.and("reason", tag(why)))),
                DistributionSummary.builder("cyclestream.anomaly.cycle.error")
                        .description("Mean difference of the input to what the other direction makes of the result")
                        .baseUnit("permille")
                        .tags(tags)
                        .serviceLevelObjectives(ERRORS)
                        .register(registry));
    }

    private static <K extends Enum<K>> Map<K, Counter> counters(K[] kinds, Function<K, Counter> making) {
        return Arrays.stream(kinds).collect(Collectors.toUnmodifiableMap(Function.identity(), making));
    }

    private Counter counter(String name, String description, Tags tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    private static String tag(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
