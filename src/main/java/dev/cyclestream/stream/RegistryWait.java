package dev.cyclestream.stream;

import dev.cyclestream.event.EventSerdes;
import dev.cyclestream.event.RegistryUnreachableException;
import dev.cyclestream.event.RegistryWatch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wait for the schema registry before an instance joins its group. An instance that knows no schema could not work, and
 * would take partitions from others that know theirs and go on while the registry is away. So it gets the schemas that are in
 * use first, and joins then.
 */
final class RegistryWait {

    private static final Logger LOGGER = LoggerFactory.getLogger(RegistryWait.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration SAY_EVERY = Duration.ofSeconds(30);

    private final EventSerdes serdes;
    private final List<Route> routes;

    RegistryWait(EventSerdes serdes, List<Route> routes) {
        this.serdes = serdes;
        this.routes = List.copyOf(routes);
    }

    RegistryWatch watch() {
        return serdes.registryWatch();
    }

    /**
     * Waits.
     *
     * @param longest how long; empty waits without end
     * @param closing ends it
     * @return false if it was ended
     * @throws RegistryUnreachableException if it took too long
     * @throws dev.cyclestream.event.RegistryRefusedException if the registry does not let us in
     */
    boolean await(Optional<Duration> longest, CountDownLatch closing) throws InterruptedException {
        long start = System.nanoTime();
        long said = start - SAY_EVERY.toNanos();
        Duration pause = FIRST_PAUSE;
        while (closing.getCount() > 0) {
            try {
                serdes.learnSchemas(
                        routes.stream().map(Route::inputTopic).toList(),
                        routes.stream().map(Route::outputTopic).toList());
                return true;
            } catch (RegistryUnreachableException e) {
                long now = System.nanoTime();
                if (longest.isPresent()
                        && now - start + pause.toNanos() > longest.get().toNanos()) {
                    throw e;
                }
                if (now - said >= SAY_EVERY.toNanos()) {
                    LOGGER.warn("waits for the schema registry, and joins no group before: {}", e.getMessage());
                    said = now;
                }
                closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        }
        return false;
    }
}
