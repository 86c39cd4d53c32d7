package dev.cyclestream.ops;

import dev.cyclestream.checkpoint.Maker;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The meters of each checkpoint in each role, as long as it is loaded: an instance that lives long sees many checkpoints, and must not
 * show all of them for ever.
 *
 * @param <T> the meters of one
 */
final class MetersOfCheckpoints<T> {

    private final MeterRegistry registry;
    private final Function<Maker, T> making;
    private final Function<T, Stream<? extends Meter>> owned;
    private final Map<Maker, T> meters = new ConcurrentHashMap<>();
    private Set<Maker> gone = Set.of();

    /**
     * No meters yet.
     *
     * @param making registers the meters of one, with its {@link #tags}
     * @param owned lists them, to remove them
     */
    MetersOfCheckpoints(MeterRegistry registry, Function<Maker, T> making, Function<T, Stream<? extends Meter>> owned) {
        this.registry = registry;
        this.making = making;
        this.owned = owned;
    }

    static Tags tags(Maker maker) {
        return Tags.of("direction", maker.direction().name(), "checkpoint", maker.checkpoint(), "role", maker.role());
    }

    T of(Maker maker) {
        return meters.computeIfAbsent(maker, making);
    }

    /**
     * Forgets the meters of all but these checkpoints, a call late: so that the last counts of one that has just gone are shown
     * once.
     *
     * @param loaded SHA-256 of the checkpoints that are loaded
     */
    synchronized void keep(Set<String> loaded) {
        Set<Maker> now = new HashSet<>(meters.keySet());
        now.removeIf(maker -> loaded.contains(maker.sha256()));
        now.stream().filter(gone::contains).forEach(this::forget);
        now.removeAll(gone);
        gone = now;
    }

    /** In one step with whoever makes them anew. */
    private void forget(Maker maker) {
        meters.computeIfPresent(maker, (key, forgotten) -> {
            owned.apply(forgotten).forEach(registry::remove);
            return null;
        });
    }
}
