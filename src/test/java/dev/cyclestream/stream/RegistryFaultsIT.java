package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.kafka.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The registry is away in each of several ways, all at a time, each for an application of its own, while instances run, join and
 * leave. {@code -Dcyclestream.outage=PT10M} says for how long.
 */
class RegistryFaultsIT {

    private static final Duration OUTAGE = Duration.parse(System.getProperty("cyclestream.outage", "PT20S"));

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void registryThatIsAwayStopsNothingAndLosesNothing() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                TestRegistry registry = TestRegistry.start()) {
            List<Future<String>> scenes = new ArrayList<>();
            for (RegistryOutage.Way way : RegistryOutage.Way.values()) {
                scenes.add(threads.submit(() -> {
                    try (RegistryOutage outage = new RegistryOutage(way, broker, registry, folder)) {
                        return outage.play(OUTAGE);
                    }
                }));
            }
            for (Future<String> scene : scenes) {
                String report = scene.get();
                System.out.println(report);
                assertThat(report).contains("nothing is lost");
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
