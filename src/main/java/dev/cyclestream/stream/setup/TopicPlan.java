package dev.cyclestream.stream.setup;

import dev.cyclestream.kafka.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.TopicDescription;

/** The topics of a set-up: which there are, and with how many partitions those are made that are missing. */
public final class TopicPlan {

    private final SetUp setUp;
    private final Map<String, TopicDescription> found;
    private final Map<String, Optional<Integer>> missing = new TreeMap<>();

    /**
     * Plans.
     *
     * @param found the topics that there are
     * @param partitions of topics that are made; empty leaves it to the brokers. An output has at least as many as its input
     */
    TopicPlan(SetUp setUp, Map<String, TopicDescription> found, Optional<Integer> partitions) {
        this.setUp = setUp;
        this.found = Map.copyOf(found);
        setUp.topics().stream()
                .filter(topic -> !found.containsKey(topic))
                .forEach(topic -> missing.put(topic, partitions));
        for (SetUp.Link link : setUp.links()) {
            if (exists(link.inputTopic())) {
                int least = partitionsOf(link.inputTopic());
                missing.computeIfPresent(
                        link.outputTopic(), (topic, given) -> Optional.of(Math.max(least, given.orElse(least))));
            } else if (exists(link.outputTopic())) {
                int most = partitionsOf(link.outputTopic());
                missing.computeIfPresent(link.inputTopic(), (topic, given) -> given.or(() -> Optional.of(most)));
            }
        }
    }

    boolean exists(String topic) {
        return found.containsKey(topic);
    }

    int partitionsOf(String topic) {
        return found.get(topic).partitions().size();
    }

    /** That it has or is made with; empty where the brokers choose. */
    private Optional<Integer> count(String topic) {
        return exists(topic) ? Optional.of(partitionsOf(topic)) : missing.get(topic);
    }

    Set<String> missing() {
        return missing.keySet();
    }

    /** The topics that would be made, a line each. */
    public List<String> describe() {
        return missing.entrySet().stream()
                .map(made -> "topic %s with %s"
                        .formatted(
                                made.getKey(),
                                made.getValue()
                                        .map(count -> count + (count == 1 ? " partition" : " partitions"))
                                        .orElse("as many partitions as the brokers give")))
                .toList();
    }

    /**
     * The number of partitions of the input topics, all together.
     *
     * @param byDefault what the brokers give a topic
     */
    public int inputPartitions(int byDefault) {
        return setUp.inputTopics().stream()
                .mapToInt(topic ->
                        exists(topic) ? partitionsOf(topic) : missing.get(topic).orElse(byDefault))
                .sum();
    }

    /** The faults of those that exist, a line each. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        found.values().stream()
                .filter(TopicDescription::isInternal)
                .forEach(topic -> complaints.add(
                        "topic %s: expected one for images, found one that the brokers keep their own records in; name another one"
                                .formatted(topic.name())));
        for (SetUp.Link link : setUp.links()) {
            Optional<Integer> read = count(link.inputTopic());
            Optional<Integer> written = count(link.outputTopic());
            if (read.isPresent() && written.isPresent() && written.get() < read.get()) {
                complaints.add(
                        "%s has %d partitions and %s only %d, where images of several partitions would be mixed; add some: kafka-topics.sh --alter --topic %s --partitions %d"
                                .formatted(
                                        link.inputTopic(),
                                        read.get(),
                                        link.outputTopic(),
                                        written.get(),
                                        link.outputTopic(),
                                        read.get()));
            }
        }
        return complaints;
    }

    /**
     * Makes those that are missing, inputs first: an output gets as many partitions as its input.
     *
     * @param maxRecordBytes largest record that each takes
     * @return what was made
     */
    public Set<String> make(Topics topics, int maxRecordBytes) {
        Set<String> made = new TreeSet<>();
        Set<String> inputs = setUp.inputTopics();
        missing.forEach((topic, count) -> {
            if (inputs.contains(topic)) {
                made.addAll(topics.createMissing(List.of(topic), count, maxRecordBytes));
            }
        });
        missing.forEach((topic, count) -> {
            if (!inputs.contains(topic)) {
                made.addAll(topics.createMissing(
                        List.of(topic), atLeastThoseOfInputs(topic, count, topics), maxRecordBytes));
            }
        });
        return made;
    }

    private Optional<Integer> atLeastThoseOfInputs(String output, Optional<Integer> given, Topics topics) {
        return setUp.links().stream()
                .filter(link -> link.outputTopic().equals(output))
                .map(link -> Math.max(given.orElse(1), topics.partitions(List.of(link.inputTopic()))))
                .max(Integer::compare)
                .or(() -> given);
    }
}
