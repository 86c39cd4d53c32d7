package dev.cyclestream.verification;

import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.storage.ImageStores;
import dev.cyclestream.topic.CollectedImage;
import dev.cyclestream.topic.InputPosition;
import dev.cyclestream.topic.TopicRecord;
import dev.cyclestream.topic.TopicRecords;
import dev.cyclestream.topic.UnexpectedRecordException;
import dev.cyclestream.verification.Verdict.Obstacle;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The inputs of outputs, looked up in their topics; quick as long as offsets rise. */
final class SourceImages implements AutoCloseable {

    private final KafkaConnection connection;
    private final ImageStores stores;
    private final Map<String, Optional<Opened>> opened = new HashMap<>();

    private record Opened(String id, TopicRecords records) {}

    SourceImages(KafkaConnection connection, ImageStores stores) {
        this.connection = connection;
        this.stores = stores;
    }

    /** The image that an output says it was made from. */
    CollectedImage of(ClaimedOutput output) throws UncheckableException {
        InputPosition source = output.source();
        Opened topic = opened.computeIfAbsent(source.topic(), this::open)
                .orElseThrow(() -> new UncheckableException(Obstacle.INPUT_GONE));
        String id = output.provenance().getSourceTopicId();
        if (id != null && !id.equals(topic.id())) {
            throw new UncheckableException(Obstacle.TOPIC_MADE_ANEW);
        }
        TopicRecord input = topic.records()
                .at(source.partition(), source.offset())
                .filter(record -> record.translated().isEmpty())
                .orElseThrow(() -> new UncheckableException(Obstacle.INPUT_GONE));
        try {
            return input.image(stores);
        } catch (UnexpectedRecordException e) { // it refers to an image that is not there
            throw new UncheckableException(Obstacle.REFERENCE_GONE);
        }
    }

    private Optional<Opened> open(String topic) {
        try (Topics topics = new Topics(connection)) {
            return topics.names().contains(topic)
                    ? Optional.of(new Opened(topics.id(topic), new TopicRecords(connection, topic)))
                    : Optional.empty();
        }
    }

    @Override
    public void close() {
        opened.values()
                .forEach(topic -> topic.ifPresent(found -> found.records().close()));
    }
}
