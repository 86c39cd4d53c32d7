package dev.cyclestream.rollout;

import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.Topics;
import java.util.List;
import java.util.Optional;

/** The topics of an application's roll-outs, which the first roll-out makes: an application without any has none of them. */
public final class RolloutTopics {

    private RolloutTopics() {}

    /** The topic that the results of shadows go to, beside an output. */
    public static String shadowOf(String outputTopic) {
        return outputTopic + ".shadow";
    }

    /** Makes the topic of an output's shadows, which takes what the output takes, unless it is there. */
    public static void makeShadow(KafkaConnection connection, String outputTopic) {
        try (Topics topics = new Topics(connection)) {
            topics.createMissing(
                    List.of(shadowOf(outputTopic)),
                    Optional.of(topics.partitions(List.of(outputTopic))),
                    topics.limits(List.of(outputTopic)).of(outputTopic).maxRecordBytes());
        }
    }

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
