package dev.cyclestream.rollout.live;

import dev.cyclestream.deadletter.InstanceFailedException;
import dev.cyclestream.event.Direction;
import dev.cyclestream.kafka.TopicLimits;
import dev.cyclestream.rollout.Activation;
import dev.cyclestream.rollout.Activations;
import dev.cyclestream.rollout.ActivationsTopic;
import dev.cyclestream.rollout.Choice;
import dev.cyclestream.rollout.NamedCheckpoint;
import dev.cyclestream.rollout.Role;
import dev.cyclestream.rollout.Schedule;
import dev.cyclestream.rollout.Split;
import dev.cyclestream.rollout.live.TranslatorPool.Lease;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** The translators of an instance that follows a schedule. */
final class LiveTranslators implements Translators {

    private final ScheduleFollower follower;
    private final LoadedSplits splits;
    private final TranslatorPool pool;
    private final ActivationsTopic activations;
    private final ShadowTopics shadows;
    private final Map<Direction, NamedCheckpoint> started;
    private final Duration patience;

    /**
     * @param started the checkpoint of each direction that works as long as nothing is announced
     * @param patience of a record for what must translate it, shorter than a transaction may last
     */
    LiveTranslators(
            ScheduleFollower follower,
            LoadedSplits splits,
            TranslatorPool pool,
            ActivationsTopic activations,
            ShadowTopics shadows,
            Map<Direction, NamedCheckpoint> started,
            Duration patience) {
        this.follower = follower;
        this.splits = splits;
        this.pool = pool;
        this.activations = activations;
        this.shadows = shadows;
        this.started = Map.copyOf(started);
        this.patience = patience;
    }

    @Override
    public PartitionTranslators of(Direction direction, TopicPartition input, String topicId) {
        return new Partition(direction, input, topicId, activations.of(input, topicId));
    }

    @Override
    public String stable(Direction direction) {
        return splits.available(direction)
                .map(Split::stable)
                .orElseGet(() -> started.get(direction))
                .sha256();
    }

    @Override
    public String describe(Direction direction) {
        NamedCheckpoint begun = started.get(direction);
        return splits.available(direction)
                .map(split -> "split %d: %s".formatted(split.number(), split.describe()))
                .orElse("checkpoint %s (%s)".formatted(begun.name(), begun.sha256()));
    }

    @Override
    public Optional<TopicLimits> shadowLimits(String outputTopic) {
        return shadows.limits(outputTopic);
    }

    @Override
    public String activationsTopic() {
        return activations.topic();
    }

    private final class Partition implements PartitionTranslators {

        private final Direction direction;
        private final TopicPartition input;
        private final String topicId;
        private final Activations decided;
        private Set<NamedCheckpoint> needed = Set.of();

        Partition(Direction direction, TopicPartition input, String topicId, Activations decided) {
            this.direction = direction;
            this.input = input;
            this.topicId = topicId;
            this.decided = decided;
        }

        @Override
        public Chosen choose(long offset, byte[] key) {
            long end = System.nanoTime() + patience.toNanos();
            while (true) {
                long changes = pool.changes();
                Optional<Chosen> chosen = tryToChoose(offset, key);
                if (chosen.isPresent()) {
                    return chosen.get();
                }
                if (System.nanoTime() > end) {
                    throw new CheckpointNotLoadedException(
                            "%s offset %d: the checkpoint that must translate it is not loaded after %d ms"
                                    .formatted(input, offset, patience.toMillis()));
                }
                pool.awaitChange(changes);
            }
        }

        private Optional<Chosen> tryToChoose(long offset, byte[] key) {
            Optional<Split> available = splits.available(direction); // before the schedule, which has it then
            Schedule schedule = follower.schedule();
            if (decided.at(offset).orElse(0) > schedule.announcements().size()) {
                return Optional.empty(); // another instance has seen more of the schedule
            }
            Choice choice = Choice.of(schedule, decided, available, offset, key);
            Split holding = choice.split().or(() -> schedule.first(direction)).orElse(null);
            if (holding == null) {
                NamedCheckpoint only = started.get(direction);
                return lend(only, Set.of(only)).map(lease -> chosen(offset, lease, Optional.empty(), choice));
            }
            Set<NamedCheckpoint> all = choice.split().isPresent() ? holding.checkpoints() : Set.of(holding.stable());
            boolean newest = available
                    .filter(split -> split.number() <= holding.number())
                    .isPresent();
            need(newest ? Set.of() : all);
            Optional<Lease> lease = lend(holding.checkpoint(choice.role()), all);
            if (lease.isEmpty() || choice.split().isEmpty() || !holding.isShadowed(choice.role())) {
                return lease.map(own -> chosen(offset, own, Optional.empty(), choice));
            }
            return lease.map(own -> chosen(offset, own, pool.lend(holding.checkpoint(Role.SHADOW)), choice));
        }

        /** Lends a checkpoint, or asks for all of its split. */
        private Optional<Lease> lend(NamedCheckpoint named, Set<NamedCheckpoint> ofSplit) {
            Optional<Lease> lease = pool.lend(named);
            if (lease.isEmpty()) {
                splits.failure(named.sha256())
                        .filter(LoadedSplits.Failure::lasting)
                        .ifPresent(failure -> {
                            throw new InstanceFailedException(
                                    "%s: %s must translate it and cannot be loaded: %s"
                                            .formatted(input, named, failure.reason()),
                                    null);
                        });
                ofSplit.forEach(one -> splits.want(one, direction));
            }
            return lease;
        }

        private Chosen chosen(long offset, Lease lease, Optional<Lease> shadow, Choice choice) {
            return new Chosen(
                    lease.translator(),
                    shadow.map(Lease::translator),
                    choice.split(),
                    choice.role(),
                    choice.split()
                            .filter(split -> choice.activates())
                            .map(split ->
                                    new Activation(input.topic(), topicId, input.partition(), offset, split.number())),
                    () -> {
                        lease.close();
                        shadow.ifPresent(Lease::close);
                    });
        }

        @Override
        public void activated(Activation activation) {
            decided.add(activation.offset(), activation.split());
        }

        /** An earlier split that holds here; what the newest ones name is kept for all partitions. */
        private void need(Set<NamedCheckpoint> checkpoints) {
            if (!checkpoints.equals(needed)) {
                needed = Set.copyOf(checkpoints);
                pool.need(this, needed);
            }
        }

        @Override
        public void close() {
            need(Set.of());
        }
    }
}
