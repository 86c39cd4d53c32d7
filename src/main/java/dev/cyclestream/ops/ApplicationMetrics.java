package dev.cyclestream.ops;

import dev.cyclestream.stream.TranslationApplication;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Gauges of an application's state: readiness, and the dependencies that it waits for. Read at each scrape. */
final class ApplicationMetrics implements MeterBinder {

    private final TranslationApplication application;

    ApplicationMetrics(TranslationApplication application) {
        this.application = application;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("cyclestream.registry.failures", application, TranslationApplication::registryFailures)
                .description("Questions that the schema registry did not answer, or not as a registry does")
                .register(registry);
        Gauge.builder("cyclestream.registry.away", application, asked -> asked.isRegistryAway() ? 1 : 0)
                .description("1 while a schema is needed and the schema registry does not give it")
                .register(registry);
        Gauge.builder(
                        "cyclestream.ready",
                        application,
                        asked -> asked.whyNotReady().isEmpty() ? 1 : 0)
                .description("1 while /readyz says that the instance works")
                .register(registry);
        Gauge.builder(
                        "cyclestream.brokers.silent",
                        application,
                        asked -> asked.brokersSilent().toMillis() / 1000.0)
                .description("Time since the brokers last said how far the group is")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("cyclestream.assigned.partitions", application, TranslationApplication::partitions)
                .description("Partitions that this instance reads")
                .register(registry);
    }
}
