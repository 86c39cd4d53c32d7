package dev.cyclestream.rollout.operation;

import dev.cyclestream.kafka.BrokerUnreachableException;
import dev.cyclestream.rollout.InstanceReport;
import dev.cyclestream.rollout.NamedCheckpoint;
import dev.cyclestream.rollout.Split;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The switch of a direction's partitions to a split, as an operator waits for it. */
public final class Switch {

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final RolloutOperator operator;
    private final Split split;
    private List<PartitionState> partitions = List.of();
    private Map<String, InstanceReport> instances = Map.of();

    /** Shows how far it is. */
    @FunctionalInterface
    public interface Display {

        /** Shows that so many of all partitions are done. */
        void show(long done, long all);
    }

    public Switch(RolloutOperator operator, Split split) {
        this.operator = operator;
        this.split = split;
    }

    /** Waits until every partition that has images works by the split, but no longer than this. */
    public void await(Duration longest, Display display) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (true) {
            look();
            display.show(done(), partitions.size());
            if (isDone() || System.nanoTime() > end) {
                return;
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }

    /** Brokers that do not answer now are asked again. */
    private void look() {
        try {
            instances = operator.instances();
            partitions = operator.partitions(split.direction());
        } catch (BrokerUnreachableException e) {
            // What was seen last still holds.
        }
    }

    /** True if every partition works by the split, or has nothing to translate. */
    public boolean isDone() {
        return !partitions.isEmpty() && done() == partitions.size() && isAvailableSomewhere();
    }

    /** Without images no partition switches; then it is enough that an instance could. */
    private boolean isAvailableSomewhere() {
        return instances.values().stream()
                .anyMatch(report -> report.available().getOrDefault(split.direction(), 0L) >= split.number());
    }

    private long done() {
        return partitions.stream()
                .filter(partition -> partition.isAt(split.number()))
                .count();
    }

    /** The end of it, for people: a line, and one more for each partition or instance that holds it up. */
    public String describe() {
        long idle = partitions.stream()
                .filter(partition -> partition.split().orElse(0) < split.number() && partition.isIdle())
                .count();
        List<String> lines = new ArrayList<>();
        if (isDone()) {
            return "split %d holds in all %d partitions%s"
                    .formatted(
                            split.number(),
                            partitions.size(),
                            idle == 0 ? "" : "; in %d of them from the next image on".formatted(idle));
        }
        lines.add("split %d does not hold everywhere: in %d of %d partitions"
                .formatted(split.number(), done(), partitions.size()));
        partitions.stream()
                .filter(partition -> !partition.isAt(split.number()))
                .forEach(partition -> lines.add("  partition %d: %d images wait"
                        .formatted(partition.partition(), partition.end() - partition.position())));
        instances.forEach((name, report) -> {
            for (NamedCheckpoint checkpoint : split.checkpoints()) {
                String reason = report.failures().get(checkpoint.sha256());
                if (reason != null) {
                    lines.add("  %s on %s has not loaded %s: %s".formatted(name, report.host(), checkpoint, reason));
                }
            }
        });
        return String.join("\n", lines);
    }
}
