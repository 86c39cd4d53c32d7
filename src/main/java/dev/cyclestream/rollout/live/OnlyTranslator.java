package dev.cyclestream.rollout.live;

import dev.cyclestream.event.Direction;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.kafka.TopicLimits;
import dev.cyclestream.rollout.Activation;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** One translator for all records, as long as the instance lives. */
public record OnlyTranslator(ImageTranslator translator) implements Translators, PartitionTranslators {

    @Override
    public PartitionTranslators of(Direction direction, TopicPartition input, String topicId) {
        return this;
    }

    @Override
    public String stable(Direction direction) {
        return translator.checkpoint().sha256();
    }

    @Override
    public Chosen choose(long offset, byte[] key) {
        return Chosen.only(translator);
    }

    @Override
    public void activated(Activation activation) {
        throw new IllegalStateException("there are no splits");
    }

    @Override
    public String describe(Direction direction) {
        return "checkpoint %s (%s)"
                .formatted(
                        translator.checkpoint().name(), translator.checkpoint().sha256());
    }

    @Override
    public Optional<TopicLimits> shadowLimits(String outputTopic) {
        return Optional.empty();
    }

    @Override
    public String activationsTopic() {
        throw new IllegalStateException("there are no splits");
    }

    /** Whoever loaded the translator closes it. */
    @Override
    public void close() {}
}
