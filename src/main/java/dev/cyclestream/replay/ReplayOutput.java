package dev.cyclestream.replay;

import dev.cyclestream.event.EventSerdes;
import dev.cyclestream.event.TranslatedImage;
import dev.cyclestream.kafka.CommittedReader;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.Topics;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topic that the images of a replay go to. Replays may share one; readers of a live one would see its images twice. */
final class ReplayOutput {

    private static final Logger LOGGER = LoggerFactory.getLogger(ReplayOutput.class);

    private final KafkaConnection connection;
    private final String topic;

    /** @param topic which may be yet to be made */
    ReplayOutput(KafkaConnection connection, String topic) {
        this.connection = connection;
        this.topic = topic;
    }

    /**
     * Makes sure that what lies there last is of replays, in each partition.
     *
     * @throws IllegalArgumentException if it is of something else
     */
    void requireOfReplays() {
        try (Topics topics = new Topics(connection)) {
            if (!topics.exists(topic)) {
                return;
            }
        }
        Deserializer<SpecificRecord> deserializer = connection.serdes().anyEvent();
        latest().stream()
                .filter(record -> !isOfReplay(deserializer, record))
                .findFirst()
                .ifPresent(record -> {
                    throw new IllegalArgumentException(
                            "--output-topic: expected a topic that holds images of replays only, found %s, whose partition %d holds something else at offset %d, as the output of a live application does; give a topic of its own"
                                    .formatted(topic, record.partition(), record.offset()));
                });
    }

    private List<ConsumerRecord<byte[], byte[]>> latest() {
        try (CommittedReader records = new CommittedReader(connection, topic)) {
            return records.latest();
        } catch (AuthorizationException e) {
            LOGGER.warn(
                    "whether {} holds anything else than images of replays is not known: {}", topic, e.getMessage());
            return List.of();
        }
    }

    private static boolean isOfReplay(
            Deserializer<SpecificRecord> deserializer, ConsumerRecord<byte[], byte[]> record) {
        try {
            return deserializer.deserialize(record.topic(), record.value()) instanceof TranslatedImage image
                    && image.getProvenance().getReplay() != null;
        } catch (RuntimeException e) {
            if (EventSerdes.isUnreadable(e)) {
                return false;
            }
            throw e;
        }
    }
}
