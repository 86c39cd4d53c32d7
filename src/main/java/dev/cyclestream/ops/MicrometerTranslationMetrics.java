package dev.cyclestream.ops;

import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.TranslationMetrics;
import dev.cyclestream.stream.DeadLetterListener;
import dev.cyclestream.stream.PartitionLag;
import dev.cyclestream.stream.Route;
import dev.cyclestream.stream.TranslationApplication;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
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
import java.util.function.Supplier;

/** Counts and times for Prometheus; every name begins with {@code cyclestream_}, beside those of the JVM. */
public final class MicrometerTranslationMetrics implements TranslationMetrics, DeadLetterListener, AutoCloseable {

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final String DIRECTION = "direction";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final MultiGauge lag;
    private Supplier<List<PartitionLag>> lagSource = List::of;

    public MicrometerTranslationMetrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        gc.bindTo(registry);
        lag = MultiGauge.builder("cyclestream.consumer.lag")
                .description("Image events that wait in a partition")
                .baseUnit("records")
                .register(registry);
    }

    /** Shows which checkpoint is in use. */
    public void route(Route route) {
        Tags tags = Tags.of(
                DIRECTION,
                route.translator().direction().name(),
                "checkpoint",
                route.translator().checkpoint().name(),
                "sha256",
                route.translator().checkpoint().sha256(),
                "device",
                route.translator().device());
        Gauge.builder("cyclestream.checkpoint.info", () -> 1)
                .description("The checkpoint in use")
                .tags(tags)
                .register(registry);
        // So that the names are there before the first image is.
        images(route.translator().direction());
    }

    /** Shows what an application waits for; it is asked at each scrape. */
    public void application(TranslationApplication application) {
        lag(application::lag);
        FunctionCounter.builder("cyclestream.registry.failures", application, TranslationApplication::registryFailures)
                .description("Questions that the schema registry did not answer, or not as a registry does")
                .register(registry);
        Gauge.builder("cyclestream.registry.away", application, asked -> asked.isRegistryAway() ? 1 : 0)
                .description("1 while a schema is needed and the schema registry does not give it")
                .register(registry);
    }

    /** Where the lag is known; asked at each scrape. */
    void lag(Supplier<List<PartitionLag>> source) {
        lagSource = source;
    }

    @Override
    public void translated(Direction direction, Stages stages) {
        images(direction).increment();
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
                .description("Images translated")
                .tags(DIRECTION, direction.name())
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
    public void deadLetter(String topic, String reason) {
        Counter.builder("cyclestream.dead.letters")
                .description("Inputs that can never be translated")
                .tags("topic", topic, "reason", reason)
                .register(registry)
                .increment();
    }

    /** All of it, in Prometheus' text format. */
    String scrape() {
        lag.register(
                lagSource.get().stream()
                        .map(partition -> MultiGauge.Row.of(
                                Tags.of(
                                        "topic",
                                        partition.topic(),
                                        "partition",
                                        Integer.toString(partition.partition())),
                                partition.records()))
                        .toList(),
                true);
        return registry.scrape();
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
