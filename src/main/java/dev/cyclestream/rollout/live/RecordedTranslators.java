package dev.cyclestream.rollout.live;

import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.kafka.TopicLimits;
import dev.cyclestream.rollout.Activation;
import dev.cyclestream.rollout.Activations;
import dev.cyclestream.rollout.ActivationsTopic;
import dev.cyclestream.rollout.Choice;
import dev.cyclestream.rollout.NamedCheckpoint;
import dev.cyclestream.rollout.RolloutRefusedException;
import dev.cyclestream.rollout.Schedule;
import dev.cyclestream.rollout.Split;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * The translators that made what is there: each record gets the checkpoint that the schedule and the activations of its partition say,
 * and nothing is decided anew.
 */
public final class RecordedTranslators implements Translators, AutoCloseable {

    private final Schedule schedule;
    private final ActivationsTopic activations;
    private final Map<String, ImageTranslator> translators = new HashMap<>();

    /**
     * Loads all checkpoints of a direction.
     *
     * @param schedule as far as it was announced
     * @param activations stays open as long as this
     * @throws RolloutRefusedException if no split of the direction was announced
     */
    public RecordedTranslators(
            Schedule schedule, ActivationsTopic activations, Direction direction, CheckpointLoading loading) {
        this.schedule = schedule;
        this.activations = activations;
        try {
            for (NamedCheckpoint named : checkpoints(schedule, direction)) {
                translators.put(named.sha256(), loading.load(named, direction));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static Set<NamedCheckpoint> checkpoints(Schedule schedule, Direction direction) {
        Map<String, NamedCheckpoint> checkpoints = new HashMap<>();
        schedule.announcements().stream()
                .filter(announcement -> announcement.split().direction() == direction)
                .flatMap(announcement -> announcement.split().checkpoints().stream())
                .forEach(named -> checkpoints.putIfAbsent(named.sha256(), named));
        if (checkpoints.isEmpty()) {
            throw new RolloutRefusedException("%s: expected a roll-out, found none".formatted(direction));
        }
        return new LinkedHashSet<>(checkpoints.values());
    }

    /** The translator of the newest stable checkpoint of a direction. */
    public ImageTranslator newest(Direction direction) {
        return translators.get(stable(direction));
    }

    @Override
    public PartitionTranslators of(Direction direction, TopicPartition input, String topicId) {
        return new Partition(direction, activations.of(input, topicId));
    }

    @Override
    public String stable(Direction direction) {
        return schedule.latest(direction).orElseThrow().stable().sha256();
    }

    @Override
    public String describe(Direction direction) {
        return "the checkpoints of %d splits".formatted(schedule.announcements().size());
    }

    @Override
    public Optional<TopicLimits> shadowLimits(String outputTopic) {
        return Optional.empty(); // shadows are not made again
    }

    @Override
    public String activationsTopic() {
        throw new IllegalStateException("nothing is decided anew");
    }

    @Override
    public void close() {
        translators.values().forEach(ImageTranslator::close);
        translators.clear();
    }

    private final class Partition implements PartitionTranslators {

        private final Direction direction;
        private final Activations decided;

        Partition(Direction direction, Activations decided) {
            this.direction = direction;
            this.decided = decided;
        }

        @Override
        public Chosen choose(long offset, byte[] key) {
            Choice choice = Choice.of(schedule, decided, Optional.empty(), offset, key);
            Split holding = choice.split().or(() -> schedule.first(direction)).orElseThrow();
            ImageTranslator translator =
                    translators.get(holding.checkpoint(choice.role()).sha256());
            return new Chosen(translator, Optional.empty(), choice.split(), choice.role(), Optional.empty(), () -> {});
        }

        @Override
        public void activated(Activation activation) {
            throw new IllegalStateException("nothing is decided anew");
        }

        @Override
        public void close() {}
    }
}
