package dev.cyclestream.replay;

import dev.cyclestream.event.TranslatedImage;
import dev.cyclestream.stream.KafkaConnection;
import dev.cyclestream.stream.StreamSettings;
import dev.cyclestream.stream.TopicRecord;
import dev.cyclestream.stream.TopicRecords;
import dev.cyclestream.stream.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a replay left in the cluster: what carries its name, and the output topic that its plan says is its own. */
public final class ReplayRemains implements AutoCloseable {

    private final ReplayName name;
    private final Topics topics;
    private final ReplayGroup group;
    private final boolean groupExists;
    private final List<String> ownTopics = new ArrayList<>();
    private final Optional<String> keptTopic;

    /** Looks for them. */
    public ReplayRemains(KafkaConnection connection, ReplayName name) {
        this.name = name;
        topics = new Topics(connection);
        group = new ReplayGroup(connection, name);
        groupExists = group.exists();
        boolean planned = topics.exists(name.planTopic());
        Optional<ReplayPlan> plan =
                planned ? new PlanTopic(connection, name).read().map(PlanTopic.Content::plan) : Optional.empty();
        Optional<String> output =
                plan.map(ReplayPlan::output).map(ReplayPlan.Output::topic).filter(topics::exists);
        boolean outputIsOwn =
                plan.map(ReplayPlan::output).map(ReplayPlan.Output::isOwn).orElse(false)
                        && output.filter(topic -> holdsOthers(connection, topic))
                                .isEmpty();
        keptTopic = outputIsOwn ? Optional.empty() : output;
        if (outputIsOwn) {
            output.ifPresent(ownTopics::add);
        }
        if (topics.exists(name.deadLetterTopic())) {
            ownTopics.add(name.deadLetterTopic());
        }
        String failures = StreamSettings.failuresTopic(name.applicationId());
        if (topics.exists(failures)) {
            ownTopics.add(failures);
        }
        if (planned) {
            ownTopics.add(name.planTopic()); // last: it says what else there is
        }
    }

    /** Whether a topic holds anything that this replay did not make: another replay may have been sent to it, too. */
    private boolean holdsOthers(KafkaConnection connection, String topic) {
        try (TopicRecords records = new TopicRecords(connection, topic)) {
            boolean[] others = new boolean[1];
            records.scan(record -> others[0] |= !isOwn(record));
            return others[0] || records.skipped() > 0;
        }
    }

    private boolean isOwn(TopicRecord record) {
        return record.value() instanceof TranslatedImage image
                && name.value().equals(String.valueOf(image.getProvenance().getReplay()));
    }

    /** Whether there is nothing to remove. */
    public boolean isEmpty() {
        return !groupExists && ownTopics.isEmpty();
    }

    /** What would be removed, a line each. */
    public List<String> describe() {
        List<String> lines = new ArrayList<>();
        if (groupExists) {
            lines.add("group " + name.applicationId());
        }
        ownTopics.forEach(topic -> lines.add("topic " + topic));
        return lines;
    }

    /** The output topic if it was there before the replay or holds more than its images, and so stays. */
    public Optional<String> keptTopic() {
        return keptTopic;
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
