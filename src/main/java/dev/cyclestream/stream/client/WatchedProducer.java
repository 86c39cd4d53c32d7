package dev.cyclestream.stream.client;

import dev.cyclestream.deadletter.Books;
import dev.cyclestream.deadletter.FailedRecords;
import dev.cyclestream.kafka.InputTopicIds;
import dev.cyclestream.progress.Progress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A producer that tells {@link FailedRecords} and {@link Progress} what became of the transactions of its stream thread, and
 * lets none through of which {@link InputTopicIds} does not know what was read.
 */
final class WatchedProducer extends KafkaProducer<byte[], byte[]> {

    private final FailedRecords failed;
    private final InputTopicIds ids;
    private final Progress progress;
    private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();

    WatchedProducer(Map<String, Object> settings, Books books) {
        super(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.failed = books.failed();
        this.ids = books.ids();
        this.progress = books.progress();
    }

    @Override
    public void sendOffsetsToTransaction(Map<TopicPartition, OffsetAndMetadata> sent, ConsumerGroupMetadata group) {
        super.sendOffsetsToTransaction(sent, group);
        offsets.putAll(sent);
    }

    @Override
    public void commitTransaction() {
        ids.confirm();
        super.commitTransaction();
        failed.committed();
        progress.committed(offsets);
        offsets.clear();
    }

    @Override
    public void abortTransaction() {
        aborted();
        super.abortTransaction();
    }

    @Override
    public void close(Duration timeout) {
        aborted();
        super.close(timeout);
    }

    private void aborted() {
        failed.aborted();
        offsets.clear();
    }
}
