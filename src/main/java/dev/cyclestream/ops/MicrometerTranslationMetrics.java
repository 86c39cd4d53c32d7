package dev.cyclestream.ops;

import dev.cyclestream.anomaly.AnomalyListener;
import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.TranslationMetrics;
import dev.cyclestream.progress.PartitionLag;
import dev.cyclestream.progress.ProgressListener;
import dev.cyclestream.progress.RetryCause;
import dev.cyclestream.rollout.Role;
import dev.cyclestream.rollout.live.ResultListener;
import dev.cyclestream.rollout.live.RolloutState;
import dev.cyclestream.stream.Route;
import dev.cyclestream.stream.TranslationApplication;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Counts and times for Prometheus; every name begins with {@code cyclestream_}, beside those of the JVM. */
public final class MicrometerTranslationMetrics implements TranslationMetrics, ProgressListener, AutoCloseable {

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final String DIRECTION = "direction";
    private static final Duration[] LATENCIES = Stream.of(
                    "PT0.05S", "PT0.1S", "PT0.2S", "PT0.5S", "PT1S", "PT2S", "PT5S", "PT10S", "PT15S", "PT20S", "PT30S",
                    "PT45S", "PT1M", "PT1M30S", "PT2M", "PT3M", "PT5M", "PT10M", "PT20M", "PT30M", "PT1H", "PT2H")
            .map(Duration::parse)
            .toArray(Duration[]::new);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final Map<String, Direction> directions = new ConcurrentHashMap<>();
    private final Counter rebalances;
    private final RolloutMetrics rollout = new RolloutMetrics(registry);
    private final MultiGauge lag;
    private final MultiGauge age;
    private Supplier<List<PartitionLag>> lagSource = List::of;

    public MicrometerTranslationMetrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        gc.bindTo(registry);
        new ProcessMetrics().bindTo(registry);
        lag = MultiGauge.builder("cyclestream.consumer.lag")
                .description("Image events that wait in a partition: the end of the log less what is committed")
                .baseUnit("records")
                .register(registry);
        rebalances = Counter.builder("cyclestream.rebalances")
                .description("Times that partitions were given out anew")
                .register(registry);
        for (RetryCause cause : RetryCause.values()) {
            retries(cause);
        }
        age = MultiGauge.builder("cyclestream.oldest.image.age")
                .description("Time since the timestamp of the first image event that is not done, 0 if nothing waits")
                .baseUnit("seconds")
                .register(registry);
    }

    /** Shows which checkpoint is in use; to be said before any image of its topic is done. */
    public void route(Route route) {
        directions.put(route.inputTopic(), route.translator().direction());
        rollout.begin(RolloutState.Loaded.of(route.translator(), Optional.of(Role.STABLE)));
        // So that the names are there before the first image is.
        images(route.translator().direction());
        tries(route.translator().direction());
        latency(route.translator().direction());
        expired(route.inputTopic());
    }

    /** Shows how an application is; it is asked at each scrape. */
    public void application(TranslationApplication application) {
        lag(application::lag);
        new ApplicationMetrics(application).bindTo(registry);
    }

    /** Shows how far roll-outs are; the source is asked at each scrape. */
    public void rollout(Supplier<RolloutState> state) {
        rollout.source(state);
    }

    /** Counts results by checkpoint and role. */
    public ResultListener results() {
        return rollout;
    }

    /** Counts what looks wrong with results. */
    public AnomalyListener anomalies() {
        return rollout.anomalies();
    }

    /** Sets the source of the lag, which is asked at each scrape. */
    void lag(Supplier<List<PartitionLag>> source) {
        lagSource = source;
    }

    @Override
    public void translated(Direction direction, Stages stages) {
        tries(direction).increment();
        time("decode", "Time to decode an image", direction, stages.decode());
        time("queue.wait", "Time that an image waits for a worker", direction, stages.queue());
        time("inference", "Time of the batch that an image was in", direction, stages.inference());
        time("encode", "Time to encode a result", direction, stages.encode());
        DistributionSummary.builder("cyclestream.batch.size")
                .description("Images in the batch that an image was in")
                .baseUnit("images")
                .tags(DIRECTION, direction.name())
                .serviceLevelObjectives(1, 2, 4, 8, 16, 32)
                .register(registry)
                .record(stages.batchSize());
    }

    private Counter images(Direction direction) {
        return Counter.builder("cyclestream.translated.images")
                .description("Images translated and committed: what readers see")
                .tags(DIRECTION, direction.name())
                .register(registry);
    }

    private Counter tries(Direction direction) {
        return Counter.builder("cyclestream.translations")
                .description("Translations made, also those that were not committed and were made again")
                .tags(DIRECTION, direction.name())
                .register(registry);
    }

    private Timer latency(Direction direction) {
        return Timer.builder("cyclestream.end.to.end")
                .description("Time from an image event's timestamp to the commit of its result or dead letter")
                .tags(DIRECTION, direction.name())
                .serviceLevelObjectives(LATENCIES)
                .register(registry);
    }

    private void time(String stage, String description, Direction direction, Duration taken) {
        Timer.builder("cyclestream." + stage)
                .description(description)
                .tags(DIRECTION, direction.name())
                .publishPercentileHistogram()
                .minimumExpectedValue(SHORTEST)
                .maximumExpectedValue(LONGEST)
                .register(registry)
                .record(taken);
    }

    @Override
    public void committed(CommittedInput input) {
        rollout.committed(input);
        Direction direction = directions.get(input.topic());
        if (direction != null) {
            input.latency().ifPresent(latency(direction)::record);
        }
        if (input.deadLetterReason().isPresent()) {
            Counter.builder("cyclestream.dead.letters")
                    .description("Inputs that can never be translated, committed as dead letters")
                    .tags(
                            "topic",
                            input.topic(),
                            "reason",
                            input.deadLetterReason().get())
                    .register(registry)
                    .increment();
        } else if (direction != null) {
            images(direction).increment();
        }
    }

    @Override
    public void retried(RetryCause cause) {
        retries(cause).increment();
    }

    private Counter retries(RetryCause cause) {
        return Counter.builder("cyclestream.retries")
                .description("Failures after which work was tried again")
                .tags("cause", cause.name())
                .register(registry);
    }

    @Override
    public void expired(String topic, int partition, long offsets) {
        expired(topic).increment((double) offsets);
    }

    private Counter expired(String topic) {
        return Counter.builder("cyclestream.expired.records")
                .description("Offsets that were deleted from the log before they were read")
                .tags("topic", topic)
                .register(registry);
    }

    @Override
    public void rebalanced() {
        rebalances.increment();
    }

    /** All of it, in Prometheus' text format. */
    String scrape() {
        rollout.update();
        List<PartitionLag> now = lagSource.get();
        lag.register(rows(now.stream(), PartitionLag::records), true);
        age.register(
                rows(
                        now.stream().filter(partition -> partition.oldest().isPresent()),
                        partition -> partition.oldest().orElseThrow().toMillis() / 1000.0),
                true);
        return registry.scrape();
    }

    private static List<MultiGauge.Row<?>> rows(Stream<PartitionLag> lags, ToDoubleFunction<PartitionLag> value) {
        return lags.<MultiGauge.Row<?>>map(partition -> MultiGauge.Row.of(
                        Tags.of("topic", partition.topic(), "partition", Integer.toString(partition.partition())),
                        value.applyAsDouble(partition)))
                .toList();
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
