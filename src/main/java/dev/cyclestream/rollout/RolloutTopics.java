package dev.cyclestream.rollout;

import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.Topics;

/** The topics of an application's roll-outs, which the first roll-out makes: an application without any has none of them. */
public final class RolloutTopics {

    private RolloutTopics() {}

    /**
     * Makes those that are missing.
     *
     * @param inputPartitions of the input topic that has the most
     */
    public static void makeMissing(KafkaConnection connection, String applicationId, int inputPartitions) {
        try (Topics topics = new Topics(connection)) {
            topics.createCompactedIfMissing(InstancesTopic.name(applicationId));
            topics.createCompactedIfMissing(ActivationsTopic.name(applicationId), inputPartitions);
            topics.createCompactedIfMissing(ScheduleTopic.name(applicationId)); // the last: who sees it sees the others
        }
    }
}
