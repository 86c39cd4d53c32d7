package dev.cyclestream.rollout.live;

import dev.cyclestream.event.Direction;
import dev.cyclestream.kafka.TopicLimits;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** The translators of an instance. */
public interface Translators {

    /**
     * The translators of a partition, for the task that reads it.
     *
     * @param topicId of the input topic; empty where the brokers give none
     */
    PartitionTranslators of(Direction direction, TopicPartition input, String topicId);

    /** The SHA-256 of the checkpoint that translates now whatever is not the candidate's. */
    String stable(Direction direction);

    /** The checkpoints that translate a direction now, for people. */
    String describe(Direction direction);

    /** The limits of the topic that shadows of an output go to; empty if there is none. */
    Optional<TopicLimits> shadowLimits(String outputTopic);

    /** The topic of activations. */
    String activationsTopic();
}
