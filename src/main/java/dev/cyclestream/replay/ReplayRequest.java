package dev.cyclestream.replay;

import java.util.Optional;

/**
 * The request of the user of one instance.
 *
 * @param name of the replay
 * @param sourceTopic to replay
 * @param from where to begin; empty: at the earliest record, or where the plan says
 * @param to where to end; empty: behind the latest record, or where the plan says
 * @param recipe what makes the images
 * @param outputTopic where the images go; empty for a topic of the replay's own
 * @param live positions behind which nothing is replayed, since it is not decided what makes it; empty if there is no such bound
 */
public record ReplayRequest(
        ReplayName name,
        String sourceTopic,
        Optional<Edge> from,
        Optional<Edge> to,
        ReplayPlan.Recipe recipe,
        Optional<String> outputTopic,
        Optional<LivePositions> live) {

    /** The request of one whose recipe makes everything. */
    public ReplayRequest(
            ReplayName name,
            String sourceTopic,
            Optional<Edge> from,
            Optional<Edge> to,
            ReplayPlan.Recipe recipe,
            Optional<String> outputTopic) {
        this(name, sourceTopic, from, to, recipe, outputTopic, Optional.empty());
    }

    public ReplayRequest {
        range(from, to, new Edge.Latest()); // refuses one that makes no sense
        if (name.ownTopics().contains(sourceTopic)) {
            throw new IllegalArgumentException(
                    "--topic: expected a topic of image events, found %s, in which the replay keeps something else"
                            .formatted(sourceTopic));
        }
        outputTopic.ifPresent(topic -> requireFree(topic, name, sourceTopic));
    }

    private static void requireFree(String outputTopic, ReplayName name, String sourceTopic) {
        if (outputTopic.equals(sourceTopic)) {
            throw new IllegalArgumentException(
                    "--output-topic: expected another topic than the one that is replayed, found " + sourceTopic);
        }
        if (name.ownTopics().contains(outputTopic)) {
            throw new IllegalArgumentException(
                    "--output-topic: expected a topic for images, found %s, in which the replay keeps something else"
                            .formatted(outputTopic));
        }
    }

    /**
     * The range that is replayed if this request makes the plan.
     *
     * @throws IllegalArgumentException if it ends where a live application is, which is nowhere
     */
    public ReplayRange range() {
        Edge end = live.filter(positions -> to.isEmpty())
                .map(positions -> positions.end(from.orElse(new Edge.Earliest())))
                .orElse(new Edge.Latest());
        return range(from, to, end);
    }

    private static ReplayRange range(Optional<Edge> from, Optional<Edge> to, Edge end) {
        return new ReplayRange(from.orElse(new Edge.Earliest()), to.orElse(end));
    }

    /** The topic of the images if this request makes the plan. */
    String plannedOutputTopic() {
        return outputTopic.orElseGet(() -> name.outputTopic(sourceTopic, recipe.mark()));
    }

    /**
     * Makes sure that this instance may join. Words that mean something else at another time (earliest, latest, now) agree
     * with any plan: they were given their meaning when it was made.
     *
     * @throws IllegalArgumentException if the plan says otherwise
     */
    void requireAgreement(ReplayPlan plan) {
        require("--topic", plan.source().topic(), sourceTopic);
        require(
                recipe.option(),
                plan.recipe().maker(),
                recipe.asOf(plan.recipe()).maker());
        require(
                "images (--max-side, --fit, --jpeg-quality and the like)",
                plan.recipe().images(),
                recipe.images());
        outputTopic.ifPresent(topic -> require("--output-topic", plan.output().topic(), topic));
        from.filter(edge -> !edge.isRelative())
                .ifPresent(edge -> require("--from", plan.source().from(), edge.toString()));
        to.filter(edge -> !edge.isRelative())
                .ifPresent(edge -> require("--to", plan.source().to(), edge.toString()));
    }

    private void require(String what, String planned, String found) {
        if (!planned.equals(found)) {
            throw new IllegalArgumentException(
                    "replay %s: %s: it is planned with %s, found %s; give another --name, or remove it with reset --name %s"
                            .formatted(name, what, planned, found, name));
        }
    }
}
