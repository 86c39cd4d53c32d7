import dev.cyclestream.event.EventSerdes;
import dev.cyclestream.event.ImageEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Publishes a picture as an image event: BROKER REGISTRY TOPIC PICTURE. Prints where the record is: topic, partition and offset;
 * results name them in their provenance.
 */
public final class Publish {
    public static void main(String[] arguments) throws Exception {
        String broker = arguments[0];
        String registry = arguments[1];
        String topic = arguments[2];
        Path picture = Path.of(arguments[3]);
        ImageEvent event = ImageEvent.newBuilder()
                .setImageId(picture.getFileName().toString())
                .setContentType("image/png")
                .setImage(ByteBuffer.wrap(Files.readAllBytes(picture))) // or an ImageReference: where it is
                .setTakenAt(Instant.now())
                .setAttributes(Map.of("camera", "java"))
                .build();
        ProducerRecord<String, ImageEvent> record = new ProducerRecord<>(topic, event.getImageId(), event);
        record.headers().add("x-example", "java".getBytes(StandardCharsets.UTF_8));
        // Registers the schema where it is not known, and writes a zero, the schema's id, and the record.
        EventSerdes serdes = new EventSerdes(registry);
        try (KafkaProducer<String, ImageEvent> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker, "max.request.size", 8 << 20),
                new StringSerializer(),
                serdes.imageEvents().serializer())) {
            RecordMetadata sent = producer.send(record).get();
            System.out.println(sent.topic() + " " + sent.partition() + " " + sent.offset());
        }
    }
}
