package dev.cyclestream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.event.ImageReference;
import dev.cyclestream.event.Provenance;
import dev.cyclestream.event.TranslatedImage;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.stream.TestImages;
import dev.cyclestream.topic.ImagePublisher;
import dev.cyclestream.topic.TopicRecords;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Outputs are made again from their provenance; what was altered is found, and what cannot be made again is counted. */
@Timeout(400)
class VerifyIT {

    private static final String EXPIRED = "images.expired";
    private static final byte[] WRONG = TestImages.png(7);

    @TempDir
    private static Path folder;

    private static RolledOut live;
    private static List<TranslatedImage> outputs;
    private static int early;

    @BeforeAll
    static void translate() throws Exception {
        live = RolledOut.start(folder);
        outputs = new ArrayList<>();
        try (TopicRecords records = new TopicRecords(live.connection(), TestKafka.OUTPUT)) {
            records.scan(record -> outputs.add(record.translated().orElseThrow()));
            records.scan(0, 0, 5, () -> false, record -> early++);
        }
    }

    @AfterAll
    static void stopKafka() {
        live.close();
    }

    private static String verify(int exitCode, String topic, String... more) {
        List<String> arguments = new ArrayList<>(List.of("verify", "--topic", topic, "--application-id", "live"));
        arguments.addAll(List.of(more));
        return live.execute(exitCode, arguments.toArray(String[]::new));
    }

    private static String lastLine(String said) {
        return said.lines().reduce((before, line) -> line).orElseThrow();
    }

    @Test
    void whatTwoCheckpointsMadeIsEqualAndSoIsWhatTheShadowMade() throws Exception {
        assertThat(outputs)
                .hasSize(RolledOut.IMAGES)
                .extracting(output -> output.getProvenance().getCheckpointSha256())
                .contains(live.checkpoint('a').sha256(), live.checkpoint('b').sha256());
        assertThat(lastLine(verify(0, TestKafka.OUTPUT)))
                .isEqualTo("48 outputs checked, 48 equal, 0 differ, 0 not checked of translated.b");
        int shadows = live.images(RolledOut.SHADOW).size();
        assertThat(shadows).isPositive();
        assertThat(lastLine(verify(0, RolledOut.SHADOW)))
                .isEqualTo(
                        "%d outputs checked, %d equal, 0 differ, 0 not checked of translated.b.shadow",
                        shadows, shadows);
    }

    @Test
    void rangeAndShareSayHowManyAreChecked() {
        assertThat(lastLine(verify(0, TestKafka.OUTPUT, "--from", "0:0", "--to", "0:5")))
                .startsWith("%d outputs checked, %d equal, ".formatted(early, early));
        assertThat(early).isBetween(3, 5); // transactions take up offsets, too
        String half = lastLine(verify(0, TestKafka.OUTPUT, "--share", "50%", "--seed", "3"));
        long checked = Long.parseLong(half.substring(0, half.indexOf(' ')));
        assertThat(checked).isBetween(1L, RolledOut.IMAGES - 1L);
        assertThat(half)
                .isEqualTo("%d outputs checked, %d equal, 0 differ, 0 not checked of translated.b", checked, checked);
        assertThat(lastLine(verify(0, TestKafka.OUTPUT, "--share", "50%", "--seed", "3")))
                .isEqualTo(half);
    }

    @Test
    void alteredOutputsAreNamedAndTheExitCodeIsThree() throws Exception {
        TranslatedImage inRecord = inRecord();
        String expected = DigestUtils.sha256Hex(bytes(inRecord));
        send(
                "translated.altered",
                List.of(
                        inRecord,
                        copy(inRecord, image -> image.setImage(ByteBuffer.wrap(WRONG)), by -> {}),
                        copy(inRecord, image -> {}, by -> by.setOutputSha256("0".repeat(64))),
                        copy(inRecord, image -> {}, by -> by.setInputSha256("1".repeat(64)))));
        String said = verify(3, "translated.altered");
        Provenance by = inRecord.getProvenance();
        String made =
                "(%s), made from images.a partition %d offset %d by checkpoint %s (%s), version %s: expected SHA-256 "
                        .formatted(
                                inRecord.getImageId(),
                                by.getSourcePartition(),
                                by.getSourceOffset(),
                                by.getCheckpointName(),
                                by.getCheckpointSha256(),
                                by.getApplicationVersion());
        assertThat(said.lines().filter(line -> line.startsWith("differs: ")))
                .containsExactlyInAnyOrder(
                        "differs: translated.altered partition 0 offset 1 %s%s, found %s"
                                .formatted(made, expected, DigestUtils.sha256Hex(WRONG)),
                        "differs: translated.altered partition 0 offset 2 %s%s, found %s in its provenance"
                                .formatted(made, expected, "0".repeat(64)),
                        "differs: translated.altered partition 0 offset 3 %sone of the input with SHA-256 %s, found one of %s"
                                .formatted(made, by.getInputSha256(), "1".repeat(64)));
        assertThat(lastLine(said))
                .isEqualTo("4 outputs checked, 1 equal, 3 differ, 0 not checked of translated.altered");
    }

    @Test
    void whatCannotBeMadeAgainIsCountedWithTheReason() throws Exception {
        expireInputs();
        TranslatedImage inRecord = inRecord();
        ImageReference gone =
                new ImageReference(live.store().resolve("gone.png").toUri().toString(), 10L, "2".repeat(64));
        send(
                "translated.odd",
                List.of(
                        copy(inRecord, image -> {}, by -> by.setDevice("gpu0")),
                        copy(inRecord, image -> {}, by -> by.setCheckpointSha256("3".repeat(64))),
                        copy(inRecord, image -> {}, by -> by.setSourceTopicId("AAAAAAAAAAAAAAAAAAAAAA")),
                        copy(inRecord, image -> image.setImage(gone), by -> {}),
                        copy(inRecord, image -> {}, by -> by.setSourceTopic("images.gone")),
                        copy(
                                inRecord,
                                image -> {},
                                by -> by.setSourceTopic(EXPIRED)
                                        .setSourceTopicId(null)
                                        .setSourcePartition(0)
                                        .setSourceOffset(1))));
        assertThat(lastLine(verify(1, "translated.odd")))
                .isEqualTo(
                        "0 outputs checked, 0 equal, 0 differ, 6 not checked (2: the input is no longer in its topic; 1: the input's topic was made anew under its name; 1: the checkpoint is not known or cannot be loaded; --checkpoint gives one; 1: it was made on another device than the CPU; 1: a stored image is gone or may not be read) of translated.odd");
    }

    @Test
    void storedOutputThatWasAlteredIsFound() throws Exception {
        ImageReference reference = outputs.stream()
                .map(TranslatedImage::getImage)
                .filter(ImageReference.class::isInstance)
                .map(ImageReference.class::cast)
                .findFirst()
                .orElseThrow();
        Path stored = Path.of(URI.create(reference.getUri()));
        byte[] before = Files.readAllBytes(stored);
        byte[] altered = before.clone();
        altered[altered.length / 2]++;
        try {
            Files.write(stored, altered);
            assertThat(verify(3, TestKafka.OUTPUT))
                    .contains("expected SHA-256 " + reference.getSha256() + ", found a stored image that is another: ");
        } finally {
            Files.write(stored, before);
        }
    }

    @Test
    void checkpointsOfNoRolloutAreGivenAsFiles() {
        assertThat(lastLine(live.execute(1, "verify", "--topic", TestKafka.OUTPUT)))
                .startsWith("0 outputs checked, 0 equal, 0 differ, 48 not checked (48: the checkpoint is not known");
        assertThat(lastLine(live.execute(
                        0,
                        "verify",
                        "--topic",
                        TestKafka.OUTPUT,
                        "--checkpoint",
                        folder.resolve("b.onnx") + "," + folder.resolve("a.onnx"))))
                .startsWith("48 outputs checked, 48 equal, ");
    }

    private static void expireInputs() throws Exception {
        make(EXPIRED);
        try (ImagePublisher publisher = new ImagePublisher(live.connection(), EXPIRED, TestKafka.MAX_IMAGE_BYTES);
                Admin admin = Admin.create(live.connection().clientSettings())) {
            for (int index = 0; index < 3; index++) {
                publisher.send(TestImages.event("image-" + index, TestImages.png(index)));
            }
            publisher.flush();
            admin.deleteRecords(Map.of(new TopicPartition(EXPIRED, 0), RecordsToDelete.beforeOffset(2)))
                    .all()
                    .get();
        }
    }

    private static void make(String topic) {
        try (Topics topics = new Topics(live.connection())) {
            topics.createMissing(List.of(topic), Optional.of(1), 2 * TestKafka.MAX_IMAGE_BYTES);
        }
    }

    /** One whose image is in the record. */
    private static TranslatedImage inRecord() {
        return outputs.stream()
                .filter(output -> output.getImage() instanceof ByteBuffer)
                .findFirst()
                .orElseThrow();
    }

    private static byte[] bytes(TranslatedImage image) {
        ByteBuffer buffer = ((ByteBuffer) image.getImage()).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static TranslatedImage copy(
            TranslatedImage image, Consumer<TranslatedImage.Builder> changed, Consumer<Provenance.Builder> madeBy) {
        Provenance.Builder provenance = Provenance.newBuilder(image.getProvenance());
        madeBy.accept(provenance);
        TranslatedImage.Builder copy = TranslatedImage.newBuilder(image).setProvenance(provenance.build());
        changed.accept(copy);
        return copy.build();
    }

    private static void send(String topic, List<TranslatedImage> images) throws Exception {
        make(topic);
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                        live.connection().clientSettings(), new ByteArraySerializer(), new ByteArraySerializer());
                Serializer<TranslatedImage> serializer =
                        live.connection().serdes().translatedImages().serializer()) {
            for (TranslatedImage image : images) {
                producer.send(new ProducerRecord<>(topic, serializer.serialize(topic, image)))
                        .get();
            }
        }
    }
}
