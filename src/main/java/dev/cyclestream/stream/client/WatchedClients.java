package dev.cyclestream.stream.client;

import dev.cyclestream.deadletter.Books;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/** The clients of an application: consumers that may be bounded and get past what they cannot read, producers that tell of their transactions. */
public final class WatchedClients implements KafkaClientSupplier {

    private final Map<String, String> outputs;
    private final Optional<BoundedRun> replay;
    private final Books books;

    /**
     * Clients of an application.
     *
     * @param outputs the topic of the results of each input topic
     * @param replay what bounds the application; empty for one that goes on until it is stopped
     * @param books of the inputs
     */
    public WatchedClients(Map<String, String> outputs, Optional<BoundedRun> replay, Books books) {
        this.outputs = Map.copyOf(outputs);
        this.replay = replay;
        this.books = books;
    }

    /** The bounds of the application, if there are any. */
    public Optional<BoundedRun> replay() {
        return replay;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> settings) {
        Map<String, Object> careful = new HashMap<>(settings);
        if (books.failed().isCareful()) {
            careful.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1); // one in hand, one in a transaction
        }
        return replay.<Consumer<byte[], byte[]>>map(run -> new BoundedConsumer(careful, books, run))
                .orElseGet(() -> new MatchedConsumer(careful, books, outputs));
    }

    @Override
    public Admin getAdmin(Map<String, Object> settings) {
        return Admin.create(settings);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> settings) {
        return new WatchedProducer(settings, books);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> settings) {
        return plainConsumer(settings);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> settings) {
        return plainConsumer(settings);
    }

    private static Consumer<byte[], byte[]> plainConsumer(Map<String, Object> settings) {
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
