package dev.cyclestream.replay;

import dev.cyclestream.event.TranslatedImage;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.topic.TopicRecord;
import dev.cyclestream.topic.TopicRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The remains of a replay in the cluster: what carries its name, and the output topic that its plan says is its own. */
public final class ReplayRemains implements AutoCloseable {

    private final KafkaConnection connection;
    private final ReplayName name;
    private final Topics topics;
    private final ReplayGroup group;
    private final boolean groupExists;
    private final List<String> ownTopics = new ArrayList<>();
    private final Optional<Kept> kept;

    /**
     * An output topic that stays, since not all of it is the replay's.
     *
     * @param topic its name
     * @param images of the replay that stay in it
     * @param why for people
     */
    public record Kept(String topic, long images, String why) {}

    /** Records of an output topic, by who made them. */
    private static final class Makers {
        private long own;
        private long others;
    }

    /** Looks for them. */
    public ReplayRemains(KafkaConnection connection, ReplayName name) {
        this.connection = connection;
        this.name = name;
        topics = new Topics(connection);
        group = new ReplayGroup(connection, name);
        groupExists = group.exists();
        Optional<ReplayPlan.Output> output =
                plan(name).map(ReplayPlan::output).filter(planned -> topics.exists(planned.topic()));
        kept = output.flatMap(this::kept);
        if (kept.isEmpty()) {
            output.map(ReplayPlan.Output::topic).ifPresent(ownTopics::add);
        }
        name.ownTopics().stream().filter(topics::exists).forEach(ownTopics::add);
    }

    private Optional<ReplayPlan> plan(ReplayName replay) {
        return topics.exists(replay.planTopic())
                ? new PlanTopic(connection, replay).read().map(PlanTopic.Content::plan)
                : Optional.empty();
    }

    private Optional<Kept> kept(ReplayPlan.Output output) {
        Makers makers = makers(output.topic());
        Optional<String> why = output.isOwn()
                ? sharedWith(output.topic())
                        .map(other -> "replay %s writes to it, too".formatted(other))
                        .or(() -> Optional.of(
                                        "it holds %d records that this replay did not make".formatted(makers.others))
                                .filter(said -> makers.others > 0))
                : Optional.of("it was there before the replay");
        return why.map(reason -> new Kept(output.topic(), makers.own, reason));
    }

    /** Another replay whose plan names this output topic, whether it has written to it yet or not. */
    private Optional<ReplayName> sharedWith(String outputTopic) {
        return topics.names().stream()
                .flatMap(topic -> ReplayName.ofPlanTopic(topic).stream())
                .filter(other -> !other.equals(name))
                .filter(other -> plan(other)
                        .filter(plan -> plan.output().topic().equals(outputTopic))
                        .isPresent())
                .findFirst();
    }

    private Makers makers(String topic) {
        Makers makers = new Makers();
        try (TopicRecords records = new TopicRecords(connection, topic)) {
            records.scan(record -> {
                makers.own += isOwn(record) ? 1 : 0;
                makers.others += isOwn(record) ? 0 : 1;
            });
            makers.others += records.passedOver().count() + records.passedOver().withoutValue();
        }
        return makers;
    }

    private boolean isOwn(TopicRecord record) {
        return record.value() instanceof TranslatedImage image
                && name.value().equals(String.valueOf(image.getProvenance().getReplay()));
    }

    /** True if there is nothing to remove. */
    public boolean isEmpty() {
        return !groupExists && ownTopics.isEmpty();
    }

    /** The things that would be removed, a line each. */
    public List<String> describe() {
        List<String> lines = new ArrayList<>();
        if (groupExists) {
            lines.add("group " + name.applicationId());
        }
        ownTopics.forEach(topic -> lines.add("topic " + topic));
        return lines;
    }

    /** The output topic if it stays. */
    public Optional<Kept> kept() {
        return kept;
    }

    /**
     * Makes sure that no instance works.
     *
     * @throws IllegalArgumentException if one does
     */
    public void requireNoMembers() {
        int members = groupExists ? group.members() : 0;
        if (members > 0) {
            throw new IllegalArgumentException(
                    "replay %s: its group has %d members: stop its instances first (of one that was killed, the group hears within seconds)"
                            .formatted(name, members));
        }
    }

    /** Removes all of it. */
    public void remove() {
        requireNoMembers();
        if (groupExists) {
            group.delete();
        }
        for (String topic : ownTopics) {
            topics.delete(List.of(topic));
        }
    }

    @Override
    public void close() {
        group.close();
        topics.close();
    }
}
