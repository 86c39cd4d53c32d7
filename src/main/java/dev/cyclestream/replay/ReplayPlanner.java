package dev.cyclestream.replay;

import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The planner, which finds the plan of a replay or makes it. */
public final class ReplayPlanner {

    private final KafkaConnection connection;
    private final Duration patience;

    /** @param patience how long open transactions in the range are waited for */
    public ReplayPlanner(KafkaConnection connection, Duration patience) {
        this.connection = connection;
        this.patience = patience;
    }

    /**
     * The outcome of planning.
     *
     * @param plan that holds; empty if the range holds no record, in which case nothing was written
     * @param joined whether the plan was there before
     * @param complete whether the replay was seen to be complete
     * @param unread what of the range could not be read
     */
    public record Planned(Optional<ReplayPlan> plan, boolean joined, boolean complete, List<Unread> unread) {}

    /**
     * Finds the plan, or makes it and sets the group's positions in the same transaction.
     *
     * @throws IllegalArgumentException if there is a plan and the request contradicts it, or the range does not suit the topic,
     *     or the output topic holds more than images of replays
     * @throws dev.cyclestream.kafka.MissingTopicException if there is no such source topic
     */
    public Planned plan(ReplayRequest request) {
        try (Topics topics = new Topics(connection)) {
            topics.require(List.of(request.sourceTopic()));
            PlanTopic planTopic = new PlanTopic(connection, request.name());
            boolean planTopicExists = topics.exists(request.name().planTopic());
            Optional<PlanTopic.Content> found = planTopicExists ? planTopic.read() : Optional.empty();
            if (found.isPresent()) {
                return joined(request, found.get(), topics);
            }
            new ReplayOutput(connection, request.plannedOutputTopic()).requireOfReplays();
            ReplayPlan proposal = propose(request, topics);
            if (proposal.length() == 0) {
                return new Planned(
                        Optional.empty(), false, false, proposal.source().unread());
            }
            topics.createLastingIfMissing(request.name().planTopic());
            PlanTopic.Content content = planTopic.readOrWrite(() -> proposal);
            return content.plan().equals(proposal)
                    ? new Planned(Optional.of(proposal), false, false, content.unread())
                    : joined(request, content, topics);
        }
    }

    private static Planned joined(ReplayRequest request, PlanTopic.Content content, Topics topics) {
        ReplayPlan.Source source = content.plan().source();
        request.requireAgreement(content.plan());
        if (!content.complete() && source.topicId() != null && !source.topicId().equals(topics.id(source.topic()))) {
            throw new IllegalArgumentException(
                    "replay %s: topic %s was deleted and made anew since it was planned, so the rest of the range is lost; remove it with reset --name %s and start it anew"
                            .formatted(request.name(), source.topic(), request.name()));
        }
        return new Planned(Optional.of(content.plan()), true, content.complete(), content.unread());
    }

    private ReplayPlan propose(ReplayRequest request, Topics topics) {
        Instant now = Instant.now();
        ReplayRange range = request.range();
        try (SourceTopic source = new SourceTopic(connection, request.sourceTopic())) {
            SourceTopic.Fixed fixed = source.fix(range, now, patience);
            request.live().ifPresent(live -> live.requireDone(fixed.ranges()));
            return new ReplayPlan(
                    request.recipe().format(),
                    request.name().value(),
                    now.toString(),
                    new ReplayPlan.Source(
                            request.sourceTopic(),
                            topics.id(request.sourceTopic()),
                            range.from().toString(),
                            range.to().toString(),
                            fixed.ranges(),
                            fixed.unread()),
                    request.recipe(),
                    new ReplayPlan.Output(request.plannedOutputTopic(), !topics.exists(request.plannedOutputTopic())));
        }
    }
}
