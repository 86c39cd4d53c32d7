package dev.cyclestream.stream;

import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.kafka.TestKafka;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends to the input topic of a {@link TestKafka}, and waits until the broker has it. */
record TestSender(TestKafka kafka) {

    private static final int SMALL = 32;
    private static final int LARGE = 64;

    /** Sends one image. */
    void image(int partition, String id) throws Exception {
        bytes(partition, id, event(id, SMALL));
    }

    /** Sends as many large ones as are asked for to each partition, without waiting for each. */
    void large(int partitions, int each) throws Exception {
        byte[] event = event("large", LARGE);
        try (Producer<byte[], byte[]> producer = producer(Map.of())) {
            for (int index = 0; index < each * partitions; index++) {
                byte[] key = Integer.toString(index).getBytes(StandardCharsets.UTF_8);
                var unused = producer.send(new ProducerRecord<>(TestKafka.INPUT, index % partitions, key, event));
            }
            producer.flush();
        }
    }

    /** Sends images in one transaction. */
    void transaction(int partition, int count) throws Exception {
        try (Producer<byte[], byte[]> producer = producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "sender"))) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int index = 0; index < count; index++) {
                byte[] key = Integer.toString(index).getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(TestKafka.INPUT, partition, key, event("picture", SMALL)))
                        .get();
            }
            producer.commitTransaction();
        }
    }

    /** Sends a value as it is. */
    void bytes(int partition, String id, byte[] value) throws Exception {
        try (Producer<byte[], byte[]> producer = producer(Map.of())) {
            byte[] key = id.getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(TestKafka.INPUT, partition, key, value))
                    .get();
        }
    }

    /** An event whose schema nobody has seen yet; it is in the registry from now on. */
    byte[] eventOfANewerWriter() {
        GenericRecord event = RegistryIT.genericEvent(
                RegistryIT.withCamera("{\"name\":\"camera\",\"type\":\"string\",\"default\":\"unknown\"}"));
        event.put("camera", "front");
        try (KafkaAvroSerializer serializer = new KafkaAvroSerializer()) {
            serializer.configure(Map.of("schema.registry.url", kafka.registry().url()), false);
            return serializer.serialize(TestKafka.INPUT, event);
        }
    }

    private byte[] event(String id, int side) {
        try (var serde = kafka.connection().serdes().imageEvents()) {
            return serde.serializer()
                    .serialize(
                            TestKafka.INPUT,
                            TestImages.event(id, TestImages.encode(side, id.hashCode(), ImageFormat.PNG)));
        }
    }

    Producer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(kafka.connection().clientSettings());
        settings.putAll(more);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
