package dev.cyclestream.rollout.live;

import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.rollout.NamedCheckpoint;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The checkpoints that an instance has loaded. One that is in use is closed when its last user gives it back. For
 * several threads.
 */
public final class TranslatorPool implements AutoCloseable {

    private static final Duration LONGEST_WAIT = Duration.ofMillis(200);

    private final Map<NamedCheckpoint, Entry> entries = new HashMap<>();
    private final Map<Object, Set<NamedCheckpoint>> needed = new HashMap<>();
    private long changes;

    private static final class Entry {
        private final ImageTranslator translator;
        private int users;

        Entry(ImageTranslator translator) {
            this.translator = translator;
        }
    }

    /** The use of a translator, which stays open meanwhile. */
    public final class Lease implements AutoCloseable {
        private final Entry entry;

        private Lease(Entry entry) {
            this.entry = entry;
        }

        public ImageTranslator translator() {
            return entry.translator;
        }

        @Override
        public void close() {
            release(entry);
        }
    }

    /** Takes over a translator, unless one with the same checkpoint is there: then it closes it. */
    public void put(NamedCheckpoint named, ImageTranslator translator) {
        boolean taken;
        synchronized (this) {
            taken = entries.putIfAbsent(named, new Entry(translator)) == null;
            changed();
        }
        if (!taken) {
            translator.close();
        }
    }

    /** Lends a translator; empty if it is not loaded. */
    public synchronized Optional<Lease> lend(NamedCheckpoint named) {
        Entry entry = entries.get(named);
        if (entry == null) {
            return Optional.empty();
        }
        entry.users++;
        return Optional.of(new Lease(entry));
    }

    /** The number of changes so far, for {@link #awaitChange}. */
    synchronized long changes() {
        return changes;
    }

    /** Something changed for those who wait: a checkpoint is loaded, or cannot be. */
    synchronized void changed() {
        changes++;
        notifyAll();
    }

    /** Waits a moment for more changes than there were. */
    synchronized void awaitChange(long before) {
        try {
            long end = System.nanoTime() + LONGEST_WAIT.toNanos();
            while (changes == before && System.nanoTime() < end) {
                wait(LONGEST_WAIT.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    /** The translators that are loaded, to say which they are; one that is not lent may be closed at any time. */
    synchronized List<ImageTranslator> translators() {
        return entries.values().stream().map(entry -> entry.translator).toList();
    }

    /** The checkpoints that are loaded. */
    public synchronized Set<NamedCheckpoint> loaded() {
        return Set.copyOf(entries.keySet());
    }

    /**
     * Says which checkpoints somebody needs from now on, instead of those before. What nobody needs is closed.
     *
     * @param who a partition's task, or the follower of the schedule
     */
    public void need(Object who, Set<NamedCheckpoint> checkpoints) {
        synchronized (this) {
            if (checkpoints.isEmpty()) {
                needed.remove(who);
            } else {
                needed.put(who, Set.copyOf(checkpoints));
            }
        }
        closeUnneeded();
    }

    /** All that somebody needs, loaded or not. */
    public synchronized Set<NamedCheckpoint> needed() {
        Set<NamedCheckpoint> all = new HashSet<>();
        needed.values().forEach(all::addAll);
        return all;
    }

    private void release(Entry entry) {
        synchronized (this) {
            entry.users--;
        }
        closeUnneeded();
    }

    private void closeUnneeded() {
        Map<NamedCheckpoint, Entry> closing = new HashMap<>();
        synchronized (this) {
            Set<NamedCheckpoint> all = needed();
            entries.forEach((named, entry) -> {
                if (entry.users == 0 && !all.contains(named)) {
                    closing.put(named, entry);
                }
            });
            entries.keySet().removeAll(closing.keySet());
        }
        closing.values().forEach(entry -> entry.translator.close());
    }

    /** Closes all translators; nobody uses them any more. */
    @Override
    public void close() {
        Map<NamedCheckpoint, Entry> closing;
        synchronized (this) {
            closing = new HashMap<>(entries);
            entries.clear();
        }
        closing.values().forEach(entry -> entry.translator.close());
    }
}
