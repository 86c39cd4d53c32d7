package dev.cyclestream.rollout.live;

import dev.cyclestream.event.Direction;
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

    /** The topic of activations. */
    String activationsTopic();
}
