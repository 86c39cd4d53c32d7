package dev.cyclestream.stream.setup;

import dev.cyclestream.stream.Route;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Between which topics an instance is going to work.
 *
 * @param applicationId consumer group, and prefix of transactional ids
 * @param links one for each direction
 * @param deadLetterTopic where inputs go that can never be translated
 */
public record SetUp(String applicationId, List<Link> links, String deadLetterTopic) {

    /** A topic that is read and the topic where its results go. */
    public record Link(String inputTopic, String outputTopic) {}

    public SetUp {
        links = List.copyOf(links);
    }

    /** Of an instance with these routes. */
    public static SetUp of(String applicationId, List<Route> routes, String deadLetterTopic) {
        List<Link> links = routes.stream()
                .map(route -> new Link(route.inputTopic(), route.outputTopic()))
                .toList();
        return new SetUp(applicationId, links, deadLetterTopic);
    }

    Set<String> inputTopics() {
        return links.stream().map(Link::inputTopic).collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> outputTopics() {
        return links.stream().map(Link::outputTopic).collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> topics() {
        Set<String> topics = new TreeSet<>(inputTopics());
        topics.addAll(outputTopics());
        topics.add(deadLetterTopic);
        return topics;
    }
}
