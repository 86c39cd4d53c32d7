package dev.cyclestream.rollout.live;

import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.rollout.NamedCheckpoint;
import dev.cyclestream.rollout.Schedule;
import dev.cyclestream.rollout.Split;
import dev.cyclestream.rollout.live.TranslatorPool.Lease;
import dev.cyclestream.storage.StorageUnreachableException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The splits that an instance could work with, since all that they name is loaded. Loading takes seconds and happens on one thread,
 * which is not a stream's; asking is for several threads.
 */
public final class LoadedSplits {

    private static final Logger LOGGER = LoggerFactory.getLogger(LoadedSplits.class);

    /** After what cannot be reached now, and after what failed. */
    private static final Duration SOON = Duration.ofSeconds(2);

    private static final Duration LATER = Duration.ofSeconds(30);

    private final TranslatorPool pool;
    private final CheckpointLoading loading;
    private final LongSupplier nanos;
    private final Map<Direction, NamedCheckpoint> started = new EnumMap<>(Direction.class);
    private final Map<Direction, Split> available = new EnumMap<>(Direction.class);
    private final Map<NamedCheckpoint, Direction> wanted = new HashMap<>();
    private final Map<String, Failure> failures = new HashMap<>();
    private final Set<Long> checked = new HashSet<>();
    private volatile SplitCheck check = SplitCheck.NONE;

    /**
     * A checkpoint that could not be loaded.
     *
     * @param reason for people
     * @param lasting whether it is the checkpoint's fault: no waiting helps
     */
    public record Failure(String reason, boolean lasting, long nextNanos) {}

    /** @param pool that takes over what is loaded */
    public LoadedSplits(TranslatorPool pool, CheckpointLoading loading) {
        this(pool, loading, System::nanoTime);
    }

    LoadedSplits(TranslatorPool pool, CheckpointLoading loading, LongSupplier nanos) {
        this.pool = pool;
        this.loading = loading;
        this.nanos = nanos;
    }

    /** Sets the last check of a split before it is available. */
    void check(SplitCheck last) {
        check = last;
    }

    /** Takes over the translator that a direction begins with; it works as long as nothing is announced. */
    public synchronized void begin(NamedCheckpoint named, ImageTranslator translator) {
        started.put(translator.direction(), named);
        pool.put(named, translator);
        sayNeeds(Schedule.EMPTY);
    }

    /** The newest split of a direction with which this instance could work; empty if there is none. */
    public synchronized Optional<Split> available(Direction direction) {
        return Optional.ofNullable(available.get(direction));
    }

    /** The numbers of the newest splits with which this instance could work. */
    public synchronized Map<Direction, Long> available() {
        return available.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().number()));
    }

    /** By SHA-256, why checkpoints are not loaded. */
    public synchronized Map<String, String> failures() {
        return failures.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().reason()));
    }

    /** The reason why a checkpoint is not loaded; empty if none is known. */
    public synchronized Optional<Failure> failure(String sha256) {
        return Optional.ofNullable(failures.get(sha256));
    }

    /** Asks for a checkpoint of an earlier split, which a partition needs. */
    public synchronized void want(NamedCheckpoint checkpoint, Direction direction) {
        wanted.put(checkpoint, direction);
    }

    /** Loads what the newest splits name and what partitions want, and forgets what nobody needs. */
    public void load(Schedule schedule) {
        sayNeeds(schedule);
        Map<NamedCheckpoint, Direction> missing = new HashMap<>();
        synchronized (this) {
            started.keySet()
                    .forEach(direction -> schedule.latest(direction)
                            .ifPresent(split -> split.checkpoints().forEach(named -> missing.put(named, direction))));
            missing.putAll(wanted);
            wanted.clear();
        }
        Set<NamedCheckpoint> loaded = pool.loaded();
        missing.forEach((named, direction) -> {
            if (!loaded.contains(named) && isDue(named)) {
                load(named, direction);
            }
        });
        makeAvailable(schedule);
        sayNeeds(schedule);
        forgetFailures();
    }

    /** Of checkpoints that nobody asks for any more. */
    private synchronized void forgetFailures() {
        Set<String> needed = pool.needed().stream().map(NamedCheckpoint::sha256).collect(Collectors.toSet());
        failures.keySet().retainAll(needed);
    }

    private synchronized boolean isDue(NamedCheckpoint named) {
        Failure failure = failures.get(named.sha256());
        return failure == null || nanos.getAsLong() - failure.nextNanos() >= 0;
    }

    private void load(NamedCheckpoint named, Direction direction) {
        try {
            pool.put(named, loading.load(named, direction));
            LOGGER.info("{}: {} is loaded", direction, named);
            synchronized (this) {
                failures.remove(named.sha256());
            }
        } catch (StorageUnreachableException e) {
            note(named, String.valueOf(e.getMessage()), false, SOON);
        } catch (RuntimeException | OutOfMemoryError e) {
            boolean lasting = !(e instanceof OutOfMemoryError || e instanceof UncheckedIOException);
            note(named, String.valueOf(e.getMessage()), lasting, LATER);
        }
    }

    private synchronized void note(NamedCheckpoint named, String reason, boolean lasting, Duration pause) {
        Failure before =
                failures.put(named.sha256(), new Failure(reason, lasting, nanos.getAsLong() + pause.toNanos()));
        if (before == null || !before.reason().equals(reason)) {
            LOGGER.error("{} cannot be used, and the split before goes on: {}", named, reason);
        }
    }

    private void makeAvailable(Schedule schedule) {
        Set<NamedCheckpoint> loaded = pool.loaded();
        for (Direction direction : started.keySet()) {
            schedule.latest(direction)
                    .filter(split -> !available(direction).equals(Optional.of(split)))
                    .filter(split -> split.checkpoints().stream().allMatch(named -> loaded.contains(named)))
                    .filter(this::passes)
                    .ifPresent(split -> makeAvailable(direction, split));
        }
    }

    private synchronized void makeAvailable(Direction direction, Split split) {
        available.put(direction, split);
        LOGGER.info("split {} is available", split.number());
    }

    /** Checks a split once. */
    private boolean passes(Split split) {
        NamedCheckpoint newest =
                split.candidate().map(Split.Candidate::checkpoint).orElse(split.stable());
        if (!checked.add(split.number())) {
            return failure(newest.sha256()).isEmpty();
        }
        List<Lease> leases = split.checkpoints().stream()
                .flatMap(named -> pool.lend(named).stream())
                .toList();
        try {
            Optional<String> complaint = check.complaint(
                    split, leases.stream().map(Lease::translator).toList());
            synchronized (this) {
                failures.remove(newest.sha256());
            }
            complaint.ifPresent(reason -> note(newest, reason, false, LATER));
            return complaint.isEmpty();
        } finally {
            leases.forEach(Lease::close);
        }
    }

    /** The newest splits, and those that work until they can: nothing of them may be closed meanwhile. */
    private synchronized void sayNeeds(Schedule schedule) {
        Set<NamedCheckpoint> needs = new HashSet<>();
        started.forEach((direction, begun) -> {
            Split works = available.get(direction);
            if (works == null) {
                needs.add(begun);
            } else {
                needs.addAll(works.checkpoints());
            }
            schedule.latest(direction).ifPresent(split -> needs.addAll(split.checkpoints()));
        });
        pool.need(this, needs);
    }
}
