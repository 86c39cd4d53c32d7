import dev.cyclestream.event.EventSerdes;
import dev.cyclestream.event.Provenance;
import dev.cyclestream.event.TranslatedImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads translated images until the one comes that was made of a given image event: BROKER REGISTRY RESULTS TOPIC PARTITION
 * OFFSET FILE. Writes the picture to FILE and prints what the record says of it.
 */
public final class ReadResult {
    public static void main(String[] arguments) throws Exception {
        String results = arguments[2];
        String source = arguments[3] + " " + arguments[4] + " " + arguments[5];
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", arguments[0],
                "group.id", "example-" + UUID.randomUUID(),
                "auto.offset.reset", "earliest",
                "isolation.level", "read_committed");
        EventSerdes serdes = new EventSerdes(arguments[1]);
        try (KafkaConsumer<byte[], TranslatedImage> consumer = new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), serdes.translatedImages().deserializer())) {
            consumer.subscribe(List.of(results));
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (System.nanoTime() < end) {
                for (ConsumerRecord<byte[], TranslatedImage> record : consumer.poll(Duration.ofSeconds(1))) {
                    Provenance made = record.value().getProvenance();
                    if (source.equals(
                            made.getSourceTopic() + " " + made.getSourcePartition() + " " + made.getSourceOffset())) {
                        show(record, Path.of(arguments[6]));
                        return;
                    }
                }
            }
        }
        throw new IllegalStateException(results + ": expected a result of " + source + ", found none");
    }

    private static void show(ConsumerRecord<byte[], TranslatedImage> record, Path file) throws Exception {
        TranslatedImage result = record.value();
        if (result.getImage() instanceof ByteBuffer image) { // otherwise an ImageReference: where it is
            byte[] bytes = new byte[image.remaining()];
            image.duplicate().get(bytes);
            Files.write(file, bytes);
        }
        String header = new String(record.headers().lastHeader("x-example").value(), StandardCharsets.UTF_8);
        System.out.printf(
                "{\"imageId\": \"%s\", \"attributes\": \"%s\", \"provenance\": %s, \"header\": \"%s\"}%n",
                result.getImageId(), result.getAttributes(), result.getProvenance(), header);
    }
}
