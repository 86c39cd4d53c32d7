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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * The translators that made what is there: each record gets the checkpoint that the schedule and the activations of its partition say,
 * and nothing is decided anew.
 */
public final class RecordedTranslators implements Translators, AutoCloseable {

    private final Decided decided;
    private final Split first;
    private final Map<NamedCheckpoint, ImageTranslator> translators = new LinkedHashMap<>();
    private ImageTranslator newest;

    /** A part of a partition, from an offset to the first one behind it. */
    public record Part(int partition, long from, long to) {}

    /** Everything that was decided for one input topic. */
    public record Decided(Schedule schedule, ActivationsTopic activations, Direction direction) {}

    /**
     * Loads the checkpoints that made a range, and no others: they may be gone.
     *
     * @param decided stays open as long as this
     * @param topicId of the input topic
     * @param range what of the topic is made again
     * @throws RolloutRefusedException if no split of the direction was announced
     */
    public RecordedTranslators(
            Decided decided, String topic, String topicId, List<Part> range, CheckpointLoading loading) {
        this.decided = decided;
        this.first = decided.schedule()
                .first(decided.direction())
                .orElseThrow(() -> new RolloutRefusedException(
                        "%s: expected a roll-out, found none".formatted(decided.direction())));
        try {
            for (Part part : range) {
                load(part, decided.activations().of(new TopicPartition(topic, part.partition()), topicId), loading);
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void load(Part part, Activations activations, CheckpointLoading loading) {
        if (activations.at(part.from()).isEmpty()) {
            load(first.stable(), loading);
        }
        activations.within(part.from(), part.to()).forEach(number -> {
            Split split = decided.schedule().split(number).orElseThrow();
            load(split.stable(), loading);
            split.candidate().filter(trial -> trial.share() > 0).ifPresent(trial -> load(trial.checkpoint(), loading));
        });
    }

    private void load(NamedCheckpoint named, CheckpointLoading loading) {
        if (!translators.containsKey(named)) {
            newest = loading.load(named, decided.direction());
            translators.put(named, newest);
        }
    }

    /** One of the translators, for the checks before the work. */
    public ImageTranslator any() {
        return newest;
    }

    @Override
    public PartitionTranslators of(Direction direction, TopicPartition input, String topicId) {
        return new Partition(decided.activations().of(input, topicId));
    }

    @Override
    public String stable(Direction direction) {
        return any().checkpoint().sha256();
    }

    @Override
    public String describe(Direction direction) {
        return "%d checkpoints, as is on record".formatted(translators.size());
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

        private final Activations activations;

        Partition(Activations activations) {
            this.activations = activations;
        }

        @Override
        public Chosen choose(long offset, byte[] key) {
            Choice choice = Choice.of(decided.schedule(), activations, Optional.empty(), offset, key);
            Split holding = choice.split().orElse(first);
            ImageTranslator translator = translators.get(holding.checkpoint(choice.role()));
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
