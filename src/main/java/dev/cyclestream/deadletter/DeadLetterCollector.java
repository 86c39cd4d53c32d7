package dev.cyclestream.deadletter;

import dev.cyclestream.kafka.CommittedReader;
import dev.cyclestream.kafka.KafkaConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** A reader of a dead-letter topic from its beginning. */
public final class DeadLetterCollector implements AutoCloseable {

    private final CommittedReader reader;

    /**
     * A dead letter as people need it.
     *
     * @param key of the input, which is the id of the image if {@link dev.cyclestream.topic.ImagePublisher} sent it
     * @param source topic, partition and offset of the input
     * @param reason code
     * @param message reason in words
     */
    public record CollectedDeadLetter(String key, String source, String reason, String message) {}

    public DeadLetterCollector(KafkaConnection connection, String topic) {
        reader = new CommittedReader(connection, topic);
    }

    /** Waits a while and passes on the dead letters that came. */
    public void poll(Duration patience, Consumer<CollectedDeadLetter> sink) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(patience)) {
            sink.accept(new CollectedDeadLetter(
                    record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8),
                    "%s partition %s offset %s"
                            .formatted(
                                    header(record, DeadLetter.TOPIC_HEADER),
                                    header(record, DeadLetter.PARTITION_HEADER),
                                    header(record, DeadLetter.OFFSET_HEADER)),
                    header(record, DeadLetter.REASON_HEADER),
                    header(record, DeadLetter.MESSAGE_HEADER)));
        }
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        reader.close();
    }
}
