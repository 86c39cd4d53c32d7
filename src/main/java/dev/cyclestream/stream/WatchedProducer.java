package dev.cyclestream.stream;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Tells {@link FailedRecords} what became of the transactions of its stream thread. */
final class WatchedProducer extends KafkaProducer<byte[], byte[]> {

    private final FailedRecords failed;

    WatchedProducer(Map<String, Object> settings, FailedRecords failed) {
        super(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.failed = failed;
    }

    @Override
    public void commitTransaction() {
        super.commitTransaction();
        failed.committed();
    }

    @Override
    public void abortTransaction() {
        failed.aborted();
        super.abortTransaction();
    }

    @Override
    public void close(Duration timeout) {
        failed.aborted();
        super.close(timeout);
    }
}
