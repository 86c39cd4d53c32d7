package dev.cyclestream.comparison;

import dev.cyclestream.event.Direction;
import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.event.Provenance;
import dev.cyclestream.event.TranslatedImage;
import dev.cyclestream.kafka.KafkaConnection;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Writes inputs and outputs straight to their topics, wherever a test wants them; in transactions, as the stream does. */
final class TestOutputs implements AutoCloseable {

    private static final Set<TransactionState> PENDING =
            EnumSet.of(TransactionState.ONGOING, TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT);

    private final Serializer<ImageEvent> inputs;
    private final Serializer<TranslatedImage> outputs;
    private final Producer<byte[], byte[]> producer;
    private final String transactionalId;
    private final Admin admin;

    TestOutputs(KafkaConnection connection, String transactionalId) {
        this.transactionalId = transactionalId;
        admin = Admin.create(connection.clientSettings());
        inputs = connection.serdes().imageEvents().serializer();
        outputs = connection.serdes().translatedImages().serializer();
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        connection.bootstrapServers(),
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        transactionalId),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
    }

    void begin() {
        producer.beginTransaction();
    }

    /** Returns when readers see what was sent; the producer's own call returns before that. */
    void commit() throws Exception {
        producer.commitTransaction();
        awaitEnd();
    }

    void abort() throws Exception {
        producer.flush();
        producer.abortTransaction();
        awaitEnd();
    }

    /** A transaction is over for readers once its markers lie in all partitions; its coordinator knows. */
    private void awaitEnd() throws Exception {
        while (PENDING.contains(state())) {
            Thread.sleep(5);
        }
    }

    private TransactionState state() throws Exception {
        return admin.describeTransactions(List.of(transactionalId))
                .description(transactionalId)
                .get()
                .state();
    }

    /** Sends an input; the offset is known when the future is done. */
    Future<RecordMetadata> input(String topic, int partition, String imageId, byte[] image) {
        ImageEvent event = ImageEvent.newBuilder()
                .setImageId(imageId)
                .setContentType("image/png")
                .setImage(ByteBuffer.wrap(image))
                .setTakenAt(Instant.EPOCH)
                .setAttributes(Map.of())
                .build();
        byte[] value = inputs.serialize(topic, event);
        return producer.send(new ProducerRecord<>(topic, partition, null, value));
    }

    /** Sends an output. */
    void output(String topic, int partition, String imageId, byte[] image, Provenance provenance) {
        output(topic, partition, value(topic, imageId, image, provenance));
    }

    /** Sends an output that is serialized already. */
    void output(String topic, int partition, byte[] value) {
        Future<RecordMetadata> unused = producer.send(new ProducerRecord<>(topic, partition, null, value));
    }

    byte[] value(String topic, String imageId, byte[] image, Provenance provenance) {
        TranslatedImage translated = TranslatedImage.newBuilder()
                .setImageId(imageId)
                .setDirection(Direction.A_TO_B)
                .setContentType("image/png")
                .setWidth(16)
                .setHeight(16)
                .setImage(ByteBuffer.wrap(image))
                .setProvenance(provenance)
                .build();
        return outputs.serialize(topic, translated);
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
