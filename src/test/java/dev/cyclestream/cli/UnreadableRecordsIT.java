package dev.cyclestream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cyclestream.event.Direction;
import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.event.ImageReference;
import dev.cyclestream.event.Provenance;
import dev.cyclestream.event.TranslatedImage;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.stream.TestImages;
import dev.cyclestream.topic.ImageCollector;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands that read topics go on past what they cannot read, and say what and where it is. */
@Timeout(120)
class UnreadableRecordsIT {

    private static final String TOPIC = "translated.odd";
    private static final int UNREADABLE = 6;

    @TempDir
    private static Path folder;

    private static TestKafka kafka;
    private static KafkaConnection connection;

    @BeforeAll
    static void sendAllKinds() throws Exception {
        kafka = TestKafka.start(1);
        connection = kafka.connection();
        try (Topics topics = new Topics(connection)) {
            topics.createMissing(List.of(TOPIC), Optional.of(1), 1 << 20);
        }
        Files.createDirectories(folder.resolve("root"));
        byte[] image = translated("first", ByteBuffer.wrap(TestImages.png(1)), 0);
        byte[] garbage = "no avro at all".getBytes(StandardCharsets.UTF_8);
        byte[] unknownSchema =
                ByteBuffer.allocate(9).put((byte) 0).putInt(99_999).array();
        byte[] otherBytes = image.clone();
        otherBytes[4]--; // the schema of image events, or none: the bytes are another record's
        byte[] cutOff = Arrays.copyOf(image, image.length / 2);
        byte[] missingFile = translated(
                "missing",
                new ImageReference(folder.resolve("root/missing.png").toUri().toString(), 10L, "00"),
                1);
        byte[] nothing = {};
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                connection.clientSettings(), new ByteArraySerializer(), new ByteArraySerializer())) {
            List<byte[]> values =
                    new ArrayList<>(List.of(image, garbage, unknownSchema, otherBytes, cutOff, missingFile, nothing));
            values.add(null);
            values.add(translated("last", ByteBuffer.wrap(TestImages.png(2)), 2));
            for (byte[] value : values) {
                producer.send(new ProducerRecord<>(TOPIC, "key".getBytes(StandardCharsets.UTF_8), value))
                        .get();
            }
        }
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @Test
    void collectWritesTheOthersAndNamesThem() throws Exception {
        Path output = folder.resolve("collected");
        String said = execute(1, "collect", "--topic", TOPIC, "--output", output.toString(), "--idle", "PT2S");
        String last = said.lines().reduce((before, line) -> line).orElseThrow();
        assertThat(last)
                .startsWith("collected 2 images from translated.odd")
                .contains("1 records without a value", UNREADABLE + " records passed over (partition 0 offset 1: ")
                .contains("partition 0 offset 5: ", "; and 1 more)")
                .doesNotContain("null")
                .endsWith("ended since no record came for PT2S (--idle)");
        assertThat(output.resolve("first.png")).exists();
        assertThat(output.resolve("last.png")).exists();
        assertThat(output).isDirectoryNotContaining("glob:**.partial");
        assertThat(Files.readString(output.resolve("index.html")))
                .contains(UNREADABLE + " records passed over (partition 0 offset 1: ");
        assertThat(execute(0, "collect", "--topic", TOPIC, "--output", output.toString(), "--max", "1"))
                .contains("collected 1 images", "ended at --max");
    }

    @Test
    void compareCountsAndNamesThemAndLeavesTheVerdict() throws Exception {
        Path output = folder.resolve("compared");
        String said =
                execute(0, "compare", TOPIC, TOPIC, "--output", output.toString(), "--fail-below", "identical-share=1");
        assertThat(said).endsWith("verdict: passed; 5 records are no translated images and were passed over\n");
        assertThat(said)
                .contains(
                        "translated.odd: 5 records are no translated images and were passed over: partition 0 offset 1: ")
                .contains("not compared: 1 with an image on one side that cannot be read (")
                .contains("partition 0 offset 6: expected an image, found what cannot be read: too few bytes")
                .contains("translated.odd: records without a value, which say that an image was deleted: 1");
        JsonObject report = JsonParser.parseString(Files.readString(output.resolve("report.json")))
                .getAsJsonObject();
        assertThat(report.toString()).contains("\"others\":5", "\"firstOthers\":\"partition 0 offset 1: ");
        assertThat(Files.readString(output.resolve("report.html")))
                .contains("5 records are no translated images and were passed over");
    }

    @Test
    void collectedImagesAreThoseThatThereAre() throws Exception {
        List<String> ids = new ArrayList<>();
        try (ImageCollector collector = new ImageCollector(connection, TOPIC)) {
            ImageCollector.Collected collected = collector.collect(
                    new ImageCollector.End(Long.MAX_VALUE, Duration.ofSeconds(1)), image -> ids.add(image.imageId()));
            assertThat(collected).isEqualTo(new ImageCollector.Collected(2, ImageCollector.Reason.IDLE));
            assertThat(collector.passedOver().count()).isEqualTo(UNREADABLE);
        }
        assertThat(ids).containsExactly("first", "last");
    }

    private static String execute(int exitCode, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--bootstrap-servers",
                connection.bootstrapServers(),
                "--schema-registry",
                connection.schemaRegistry(),
                "--image-root",
                folder.resolve("root").toString()));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertThat(CyclestreamApplication.commandLine().execute(all.toArray(String[]::new)))
                    .isEqualTo(exitCode);
        } finally {
            System.setOut(before);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    private static byte[] translated(String id, Object image, long offset) {
        Provenance provenance = Provenance.newBuilder()
                .setCheckpointSha256("0".repeat(64))
                .setCheckpointName("none")
                .setDevice("cpu")
                .setSourceTopic(TestKafka.INPUT)
                .setSourcePartition(0)
                .setSourceOffset(offset)
                .setSourceTimestamp(Instant.EPOCH)
                .setInputSha256(DigestUtils.sha256Hex(id))
                .setOutputSha256("0".repeat(64))
                .setApplicationVersion("test")
                .build();
        TranslatedImage translated = TranslatedImage.newBuilder()
                .setImageId(id)
                .setDirection(Direction.A_TO_B)
                .setContentType("image/png")
                .setWidth(32)
                .setHeight(32)
                .setImage(image)
                .setProvenance(provenance)
                .build();
        try (Serializer<TranslatedImage> serializer =
                        connection.serdes().translatedImages().serializer();
                Serializer<ImageEvent> events =
                        connection.serdes().imageEvents().serializer()) {
            byte[] event = events.serialize(TestKafka.INPUT, TestImages.event("registers its schema", new byte[1]));
            assertThat(event).isNotEmpty();
            return serializer.serialize(TOPIC, translated);
        }
    }
}
