package dev.cyclestream.replay.comparison;

import dev.cyclestream.event.Direction;
import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.event.Provenance;
import dev.cyclestream.event.TranslatedImage;
import dev.cyclestream.stream.KafkaConnection;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Writes inputs and outputs straight to their topics, wherever a test wants them; in transactions, as the stream does. */
final class TestOutputs implements AutoCloseable {

    private final Serializer<ImageEvent> inputs;
    private final Serializer<TranslatedImage> outputs;
    private final Producer<byte[], byte[]> producer;

    TestOutputs(KafkaConnection connection, String transactionalId) {
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

    void commit() {
        producer.commitTransaction();
    }

    void abort() {
        producer.flush();
        producer.abortTransaction();
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
    }
}
