package dev.cyclestream.replay.comparison;

import dev.cyclestream.storage.ImageStores;
import dev.cyclestream.stream.KafkaConnection;
import dev.cyclestream.stream.TopicRecords;
import dev.cyclestream.stream.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The inputs of translations, as far as they are still where they were. */
final class Inputs implements AutoCloseable {

    private final KafkaConnection connection;
    private final ImageStores stores;
    private final Map<String, Optional<TopicRecords>> topics = new HashMap<>();
    private final TreeSet<String> missing = new TreeSet<>();

    Inputs(KafkaConnection connection, ImageStores stores) {
        this.connection = connection;
        this.stores = stores;
    }

    /** The input there; empty if the topic or the record is gone, or holds no image. */
    Optional<Pair.Image> at(SourcePosition source) {
        return topics.computeIfAbsent(source.partition().topic(), this::open)
                .flatMap(topic -> topic.at(source.partition().partition(), source.offset()))
                .map(record -> new Pair.Image(() -> record.image(stores).toBytes(), Optional.empty()));
    }

    private Optional<TopicRecords> open(String topic) {
        try (Topics cluster = new Topics(connection)) {
            if (!cluster.missing(List.of(topic)).isEmpty()) {
                missing.add(topic);
                return Optional.empty();
            }
        }
        return Optional.of(new TopicRecords(connection, topic));
    }

    /** Topics of inputs that the cluster does not have. */
    List<String> missingTopics() {
        return List.copyOf(missing);
    }

    @Override
    public void close() {
        topics.values().forEach(topic -> topic.ifPresent(TopicRecords::close));
    }
}
