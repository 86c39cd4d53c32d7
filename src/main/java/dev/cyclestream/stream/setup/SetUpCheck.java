package dev.cyclestream.stream.setup;

import dev.cyclestream.deadletter.redrive.Redrive;
import dev.cyclestream.event.EventSerdes;
import dev.cyclestream.event.RegistryUnreachableException;
import dev.cyclestream.kafka.Brokers;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.OutputLimits;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.stream.StreamSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The check of what an instance is going to do against the cluster that it finds. It asks, and changes nothing. */
public final class SetUpCheck implements AutoCloseable {

    private final KafkaConnection connection;
    private final SetUp setUp;
    private final Topics topics;
    private final Brokers brokers;
    private final TopicPlan plan;

    /**
     * Connects, and looks which topics there are.
     *
     * @param partitions of topics that are made; empty leaves it to the brokers
     * @throws dev.cyclestream.kafka.BrokerUnreachableException if no broker answers within 10 s
     */
    public SetUpCheck(KafkaConnection connection, SetUp setUp, Optional<Integer> partitions) {
        this.connection = connection;
        this.setUp = setUp;
        topics = new Topics(connection);
        brokers = new Brokers(connection);
        plan = new TopicPlan(setUp, brokers.topics(setUp.topics()), partitions);
    }

    /** The topics that exist, and those that would be made. */
    public TopicPlan topics() {
        return plan;
    }

    /** The limits of the dead-letter topic; none if it is yet to be made. */
    public OutputLimits limitsOfDeadLetters() {
        return plan.exists(setUp.deadLetterTopic())
                ? topics.limits(List.of(setUp.deadLetterTopic()))
                : OutputLimits.none();
    }

    /**
     * The objections that the brokers give cause for, a line each. Takes 10 s where the group has members that read other
     * topics: they may have been killed just now.
     *
     * @param makesTopics whether those that are missing are made
     */
    public List<String> ofBrokers(boolean makesTopics) {
        List<String> complaints = new ArrayList<>();
        if (!makesTopics && !plan.missing().isEmpty()) {
            complaints.add("%s: expected topics %s, found none; make them, or leave --no-create-topics out"
                    .formatted(connection.bootstrapServers(), String.join(", ", plan.missing())));
        }
        complaints.addAll(ofKeptTopics());
        complaints.addAll(plan.complaints());
        try (GroupAgreement agreement = new GroupAgreement(connection, setUp)) {
            agreement.complaint().ifPresent(complaints::add);
        }
        return complaints;
    }

    /** Topics in which this program keeps something else. */
    private List<String> ofKeptTopics() {
        List<String> kept =
                List.of(StreamSettings.failuresTopic(setUp.applicationId()), Redrive.notesOf(setUp.deadLetterTopic()));
        return kept.stream()
                .filter(setUp.topics()::contains)
                .map(topic ->
                        "topic %s: expected one for images or dead letters, found one in which failures or what was sent back are noted; name another one"
                                .formatted(topic))
                .toList();
    }

    /**
     * The objections that the registry gives cause for, and those of results that it is needed to read, a line each.
     *
     * @param translatesAgain whether inputs may be translated that have results
     * @throws RegistryUnreachableException if the registry does not answer
     */
    public List<String> ofRegistry(boolean translatesAgain) {
        EventSerdes serdes = connection.serdes(Duration.ZERO);
        try {
            serdes.requireRegistry();
        } catch (RegistryUnreachableException e) {
            return List.of(elsewhere(serdes).orElseThrow(() -> e));
        }
        List<String> complaints = new ArrayList<>(
                serdes.subjectComplaints(setUp.inputTopics(), setUp.outputTopics(), List.of(setUp.deadLetterTopic())));
        if (!translatesAgain && complaints.isEmpty()) {
            complaints.addAll(ofEarlierResults());
        }
        return complaints;
    }

    private List<String> ofEarlierResults() {
        EarlierResults results = new EarlierResults(connection, brokers);
        return setUp.links().stream()
                .filter(link -> plan.exists(link.inputTopic()) && plan.exists(link.outputTopic()))
                .flatMap(link ->
                        results.complaint(setUp.applicationId(), link, plan.partitionsOf(link.inputTopic())).stream())
                .toList();
    }

    /** The address at which the registry is certainly not, or certainly is instead. */
    private Optional<String> elsewhere(EventSerdes serdes) {
        if (connection.isRegistryAtBrokers()) {
            return Optional.of(
                    "--schema-registry: expected the address of a schema registry, found that of a broker (--bootstrap-servers %s)"
                            .formatted(connection.bootstrapServers()));
        }
        return serdes.registryNearby()
                .map(found ->
                        "--schema-registry: what answers there is no schema registry, but one answers at %s: set that"
                                .formatted(found));
    }

    /**
     * Makes the topics that are missing.
     *
     * @param maxRecordBytes largest record that each takes
     * @return what was made
     */
    public Set<String> makeTopics(int maxRecordBytes) {
        return plan.make(topics, maxRecordBytes);
    }

    @Override
    public void close() {
        brokers.close();
        topics.close();
    }
}
