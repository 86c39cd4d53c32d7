package dev.cyclestream.comparison.pairing;

import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.storage.ImageStores;
import dev.cyclestream.topic.TopicRecords;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The inputs of translations, as far as they are still where they were. */
public final class Inputs implements AutoCloseable {

    private final KafkaConnection connection;
    private final ImageStores stores;
    private final Map<String, Optional<TopicRecords>> topics = new HashMap<>();

    public Inputs(KafkaConnection connection, ImageStores stores) {
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
            if (!cluster.exists(topic)) {
                return Optional.empty();
            }
        }
        return Optional.of(new TopicRecords(connection, topic));
    }

    @Override
    public void close() {
        topics.values().forEach(topic -> topic.ifPresent(TopicRecords::close));
    }
}
