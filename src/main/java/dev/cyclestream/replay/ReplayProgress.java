package dev.cyclestream.replay;

import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.stream.client.BoundedRun;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The progress of a replay, all its instances together: what its group has committed, against the bounds of the plan. Every
 * instance sees the same, whoever did the work.
 */
public final class ReplayProgress implements BoundedRun.Losses, AutoCloseable {

    /** After so long without a step it is looked into whether there is anything left to read; then twice as long each time. */
    private static final Duration STANDSTILL = Duration.ofSeconds(5);

    private static final Duration LONGEST_STANDSTILL = Duration.ofMinutes(5);

    /** A plan that was just made may be seen before the positions of the same transaction. */
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(200);

    private static final Logger LOGGER = LoggerFactory.getLogger(ReplayProgress.class);

    private final KafkaConnection connection;
    private final ReplayPlan plan;
    private final ReplayGroup group;
    private final PlanTopic planTopic;
    private final Set<Integer> emptied = new HashSet<>();
    private Map<Integer, Long> committed = Map.of();
    private long lastStepNanos = System.nanoTime();
    private Duration standstill = STANDSTILL;
    private boolean complete;

    public ReplayProgress(KafkaConnection connection, ReplayPlan plan) {
        this.connection = connection;
        this.plan = plan;
        ReplayName name = new ReplayName(plan.name());
        group = new ReplayGroup(connection, name);
        planTopic = new PlanTopic(connection, name);
    }

    /**
     * Makes sure that the group remembers where it is, as it does for a week after the last instance ended. Without that, it
     * would begin at the beginning.
     *
     * @throws IllegalArgumentException if it does not
     */
    public void requirePositions() {
        long end = System.nanoTime() + SETTLING.toNanos();
        while (!knowsPositions()) {
            if (System.nanoTime() > end) {
                throw new IllegalArgumentException(
                        "replay %s: its group no longer knows how far it was (brokers forget a group after offsets.retention.minutes); remove it with reset --name %s and start it anew"
                                .formatted(plan.name(), plan.name()));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private boolean knowsPositions() {
        Map<Integer, Long> positions = group.committed(plan.source().topic());
        return plan.source().partitions().stream()
                .map(PartitionRange::partition)
                .allMatch(positions::containsKey);
    }

    /** Asks the brokers how far it is, and notes it for good when it is complete. */
    public synchronized void update() {
        Map<Integer, Long> now = group.committed(plan.source().topic());
        if (!now.equals(committed)) {
            committed = now;
            lastStepNanos = System.nanoTime();
            standstill = STANDSTILL;
        } else if (System.nanoTime() - lastStepNanos > standstill.toNanos()) {
            findEmptied();
            lastStepNanos = System.nanoTime();
            Duration doubled = standstill.multipliedBy(2);
            standstill = doubled.compareTo(LONGEST_STANDSTILL) < 0 ? doubled : LONGEST_STANDSTILL;
        }
        if (!complete && plan.work().stream().allMatch(this::isDone)) {
            planTopic.complete();
            complete = true;
        }
    }

    /** Records that retention took before they were read are noted for good, before anybody goes on behind it. */
    @Override
    public void deleted(int partition, long from, long to) {
        Unread deleted = new Unread(partition, from, to, "deleted from the topic before it was read");
        planTopic.note(deleted);
        LOGGER.warn("{}: {}", plan.source().topic(), deleted);
    }

    /** The part of the range that was not read, as all instances saw it. */
    public List<Unread> unread() {
        return planTopic.read().map(PlanTopic.Content::unread).orElse(List.of());
    }

    /**
     * Compaction and retention may have taken the last records of a range after it was planned. Of what retention took, no
     * consumer may ever come to know.
     */
    private void findEmptied() {
        List<PartitionRange> open =
                plan.work().stream().filter(range -> !isDone(range)).toList();
        try (SourceTopic source = new SourceTopic(connection, plan.source().topic())) {
            for (PartitionRange range : open) {
                long position = position(range);
                if (!source.holdsRecord(range.partition(), position, range.to())) {
                    long deleted = Math.min(source.beginning(range.partition()), range.to());
                    if (deleted > position) {
                        deleted(range.partition(), position, deleted);
                    }
                    emptied.add(range.partition());
                }
            }
        }
    }

    private boolean isDone(PartitionRange range) {
        return position(range) >= range.to() || emptied.contains(range.partition());
    }

    private long position(PartitionRange range) {
        return committed.getOrDefault(range.partition(), range.from());
    }

    /** True if every partition was at its bound when it was last asked. */
    public synchronized boolean isComplete() {
        return complete;
    }

    /** Offsets that were done when it was last asked. */
    public synchronized long done() {
        return plan.work().stream()
                .mapToLong(range -> isDone(range) ? range.length() : range.before(position(range)))
                .sum();
    }

    /** For people. */
    public String describe() {
        return "%d of %d offsets (%d %%)".formatted(done(), plan.length(), 100 * done() / Math.max(1, plan.length()));
    }

    @Override
    public void close() {
        group.close();
    }
}
