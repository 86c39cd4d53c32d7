package dev.cyclestream.replay;

import dev.cyclestream.stream.KafkaConnection;
import dev.cyclestream.stream.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Finds the plan of a replay, or makes it. */
public final class ReplayPlanner {

    private final KafkaConnection connection;

    public ReplayPlanner(KafkaConnection connection) {
        this.connection = connection;
    }

    /**
     * What came of it.
     *
     * @param plan that holds; empty if the range holds no record, in which case nothing was written
     * @param joined whether the plan was there before
     * @param complete whether the replay was seen to be complete
     */
    public record Planned(Optional<ReplayPlan> plan, boolean joined, boolean complete) {}

    /**
     * Finds the plan, or makes it and sets the group's positions in the same transaction.
     *
     * @throws IllegalArgumentException if there is a plan and the request contradicts it, or the range does not suit the topic
     * @throws dev.cyclestream.stream.MissingTopicException if there is no such source topic
     */
    public Planned plan(ReplayRequest request) {
        try (Topics topics = new Topics(connection)) {
            topics.require(List.of(request.sourceTopic()));
            PlanTopic planTopic = new PlanTopic(connection, request.name());
            boolean planTopicExists = topics.exists(request.name().planTopic());
            Optional<PlanTopic.Content> found = planTopicExists ? planTopic.read() : Optional.empty();
            if (found.isPresent()) {
                return joined(request, found.get());
            }
            ReplayPlan proposal = propose(request, !topics.exists(request.plannedOutputTopic()));
            if (proposal.length() == 0) {
                return new Planned(Optional.empty(), false, false);
            }
            topics.createLastingIfMissing(request.name().planTopic());
            PlanTopic.Content content = planTopic.readOrWrite(() -> proposal);
            return content.plan().equals(proposal)
                    ? new Planned(Optional.of(proposal), false, false)
                    : joined(request, content);
        }
    }

    private static Planned joined(ReplayRequest request, PlanTopic.Content content) {
        request.requireAgreement(content.plan());
        return new Planned(Optional.of(content.plan()), true, content.complete());
    }

    private ReplayPlan propose(ReplayRequest request, boolean outputTopicIsOwn) {
        Instant now = Instant.now();
        ReplayRange range = request.range();
        try (SourceTopic source = new SourceTopic(connection, request.sourceTopic())) {
            return new ReplayPlan(
                    ReplayPlan.FORMAT,
                    request.name().value(),
                    now.toString(),
                    new ReplayPlan.Source(
                            request.sourceTopic(),
                            range.from().toString(),
                            range.to().toString(),
                            source.fix(range, now)),
                    request.recipe(),
                    new ReplayPlan.Output(request.plannedOutputTopic(), outputTopicIsOwn));
        }
    }
}
