package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.event.Direction;
import dev.cyclestream.event.EventSerdes;
import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.event.ImageReference;
import dev.cyclestream.event.Provenance;
import dev.cyclestream.event.TranslatedImage;
import dev.cyclestream.image.ImageDecoder;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.inference.Batcher.Parallelism;
import dev.cyclestream.inference.BrokenGenerator;
import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.inference.FakeGenerator;
import dev.cyclestream.inference.Generator;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.inference.ImageTranslator.ImageCodec;
import dev.cyclestream.inference.TranslationMetrics;
import dev.cyclestream.storage.ImageStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranslationTopologyTest {

    private static final String INPUT = "images.a";
    private static final String OUTPUT = "translated.b";
    private static final String DEAD_LETTERS = "dead-letters";
    private static final Checkpoint CHECKPOINT = DemoCheckpoint.aToB();

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
    private final EventSerdes serdes = new EventSerdes("mock://" + UUID.randomUUID());
    private ImageStores stores = ImageStores.none();
    private ImageTranslator translator;
    private TopologyTestDriver driver;

    @AfterEach
    void close() {
        if (driver != null) {
            driver.close();
        }
        translator.close();
    }

    @Test
    void imageIsTranslatedAndSaysWhatMadeIt() {
        start(new FakeGenerator(), OutputLimits.none());
        byte[] png = TestImages.png(1);
        images().pipeInput("key", TestImages.event("cats/1.png", png), 77);
        TranslatedImage image = translated().readValue();
        assertThat(image.getImageId()).isEqualTo("cats/1.png");
        assertThat(image.getDirection()).isEqualTo(Direction.A_TO_B);
        assertThat(image.getContentType()).isEqualTo("image/png");
        assertThat(image.getWidth()).isEqualTo(32);
        assertThat(image.getHeight()).isEqualTo(32);
        byte[] output = CollectedImage.of(image, ImageStores.none()).toBytes();
        assertThat(decoder.decode(output).color())
                .isEqualTo(FakeGenerator.negative(decoder.decode(png).color()));
        Provenance provenance = image.getProvenance();
        assertThat(provenance.getCheckpointSha256()).isEqualTo(CHECKPOINT.sha256());
        assertThat(provenance.getCheckpointName()).isEqualTo("a-to-b.onnx");
        assertThat(provenance.getTrainingRun())
                .isEqualTo(CHECKPOINT.metadata().orElseThrow().training().runId());
        assertThat(provenance.getDevice()).isEqualTo("fake");
        assertThat(provenance.getSourceTopic()).isEqualTo(INPUT);
        assertThat(provenance.getSourcePartition()).isZero();
        assertThat(provenance.getSourceOffset()).isZero();
        assertThat(provenance.getSourceTimestamp().toEpochMilli()).isEqualTo(77);
        assertThat(provenance.getInputSha256()).isEqualTo(DigestUtils.sha256Hex(png));
        assertThat(provenance.getOutputSha256()).isEqualTo(DigestUtils.sha256Hex(output));
        assertThat(provenance.getWrongContentType()).isNull();
    }

    @Test
    void keyHeadersAndTimestampPassThrough() {
        start(new FakeGenerator(), OutputLimits.none());
        Headers headers = new RecordHeaders().add("traceparent", bytes("00-1-2-01"));
        images().pipeInput(new TestRecord<>("key", TestImages.event("x", TestImages.png(1)), headers, 77L));
        TestRecord<String, TranslatedImage> record = translated().readRecord();
        assertThat(record.key()).isEqualTo("key");
        assertThat(record.timestamp()).isEqualTo(77);
        assertThat(header(record.headers(), "traceparent")).isEqualTo("00-1-2-01");
    }

    @Test
    void jpegThatIsCalledPngIsTranslatedAsJpegAndThatIsNoted() {
        start(new FakeGenerator(), OutputLimits.none());
        ImageEvent event = TestImages.event("x", TestImages.jpeg(1));
        assertThat(event.getContentType()).isEqualTo("image/png");
        images().pipeInput("key", event);
        TranslatedImage image = translated().readValue();
        assertThat(image.getContentType()).isEqualTo("image/jpeg");
        assertThat(image.getProvenance().getWrongContentType()).isEqualTo("image/png");
    }

    @Test
    void corruptJpegBecomesADeadLetter() {
        start(new FakeGenerator(), OutputLimits.none());
        ImageEvent event = TestImages.event("cats/2.jpg", TestImages.truncatedJpeg());
        images().pipeInput("key", event, 78);
        TestRecord<byte[], byte[]> letter = assertDeadLetter("DAMAGED_IMAGE");
        assertThat(letter.key()).isEqualTo(bytes("key"));
        assertThat(letter.timestamp()).isEqualTo(78);
        assertThat(serdes.imageEvents().deserializer().deserialize(INPUT, letter.value()))
                .isEqualTo(event);
        assertThat(header(letter.headers(), DeadLetter.MESSAGE_HEADER))
                .startsWith("DAMAGED_IMAGE: the image is damaged: ");
        assertThat(header(letter.headers(), DeadLetter.TOPIC_HEADER)).isEqualTo(INPUT);
        assertThat(header(letter.headers(), DeadLetter.PARTITION_HEADER)).isEqualTo("0");
        assertThat(header(letter.headers(), DeadLetter.OFFSET_HEADER)).isEqualTo("0");
        assertThat(header(letter.headers(), DeadLetter.CHECKPOINT_HEADER)).isEqualTo(CHECKPOINT.sha256());
    }

    @Test
    void streamGoesOnBehindADeadLetter() {
        start(new FakeGenerator(), OutputLimits.none());
        images().pipeInput("1", TestImages.event("bad", bytes("no image")));
        images().pipeInput("2", TestImages.event("good", TestImages.png(1)));
        assertDeadLetter("NOT_AN_IMAGE");
        assertThat(translated().readValue().getImageId()).isEqualTo("good");
    }

    @Test
    void bytesThatAreNoEventBecomeADeadLetter() {
        start(new FakeGenerator(), OutputLimits.none());
        TestInputTopic<byte[], byte[]> raw =
                driver.createInputTopic(INPUT, new ByteArraySerializer(), new ByteArraySerializer());
        raw.pipeInput(bytes("key"), bytes("no avro"));
        TestRecord<byte[], byte[]> letter = assertDeadLetter("UNREADABLE_EVENT");
        assertThat(letter.value()).isEqualTo(bytes("no avro"));
    }

    @Test
    void recordWithoutAValueBecomesADeadLetter() {
        start(new FakeGenerator(), OutputLimits.none());
        images().pipeInput("key", (ImageEvent) null);
        assertDeadLetter("NO_EVENT");
    }

    @Test
    void referenceBecomesADeadLetter() {
        start(new FakeGenerator(), OutputLimits.none());
        ImageReference reference = new ImageReference("s3://bucket/key", 1L, "ab");
        ImageEvent event = ImageEvent.newBuilder(TestImages.event("x", new byte[0]))
                .setImage(reference)
                .build();
        images().pipeInput("key", event);
        TestRecord<byte[], byte[]> letter = assertDeadLetter("UNSUPPORTED_REFERENCE");
        assertThat(header(letter.headers(), DeadLetter.MESSAGE_HEADER))
                .endsWith(
                        "s3://bucket/key: expected the image in the record, or a reference of a kind that is set up: none");
    }

    @Test
    void imageIsReadAndWrittenByReference(@TempDir Path folder) throws IOException {
        byte[] png = TestImages.png(1);
        Path file = Files.write(folder.resolve("1.png"), png);
        stores = new ImageStores(
                new ImageStores.Allowed(List.of(folder), List.of(), Optional.empty(), ""),
                1 << 20,
                Optional.of(new ImageStores.Results(folder.toUri(), 0)));
        start(new FakeGenerator(), OutputLimits.none());
        String uri = file.toUri().toString();
        ImageReference reference = new ImageReference(uri, (long) png.length, DigestUtils.sha256Hex(png));
        images().pipeInput(
                        "key",
                        ImageEvent.newBuilder(TestImages.event("x", new byte[0]))
                                .setImage(reference)
                                .build());
        TranslatedImage image = translated().readValue();
        ImageReference result = (ImageReference) image.getImage();
        assertThat(result.getUri()).endsWith(result.getSha256() + ".png");
        assertThat(decoder.decode(CollectedImage.of(image, stores).toBytes()).color())
                .isEqualTo(FakeGenerator.negative(decoder.decode(png).color()));
    }

    @Test
    void resultThatTheTopicDoesNotTakeBecomesADeadLetter() {
        start(new FakeGenerator(), new OutputLimits(Map.of(OUTPUT, OutputLimits.OVERHEAD + 100)));
        images().pipeInput("key", TestImages.event("x", TestImages.png(1)));
        assertDeadLetter("RESULT_TOO_LARGE");
    }

    @Test
    void brokenGeneratorIsNotTheFaultOfTheImage() {
        start(new BrokenGenerator(), OutputLimits.none());
        assertThatThrownBy(() -> images().pipeInput("key", TestImages.event("x", TestImages.png(1))))
                .hasRootCauseMessage("out of order");
        assertThat(deadLetters().isEmpty()).isTrue();
    }

    @Test
    void translatedImageEndsARunOfDeadLetters() {
        start(new FakeGenerator(), OutputLimits.none());
        ImageEvent bad = TestImages.event("bad", bytes("no image"));
        for (int round = 0; round < 3; round++) {
            images().pipeInput("1", bad);
            images().pipeInput("2", bad);
            images().pipeInput("3", TestImages.event("good", TestImages.png(1)));
        }
        assertThat(deadLetters().readRecordsToList()).hasSize(6);
        for (int count = 0; count < 3; count++) {
            images().pipeInput("4", bad);
        }
        assertThatThrownBy(() -> images().pipeInput("5", bad))
                .hasStackTraceContaining("more than 3 inputs in a row cannot be translated");
    }

    private TestRecord<byte[], byte[]> assertDeadLetter(String reason) {
        TestRecord<byte[], byte[]> letter = deadLetters().readRecord();
        assertThat(header(letter.headers(), DeadLetter.REASON_HEADER)).isEqualTo(reason);
        assertThat(deadLetters().isEmpty()).isTrue();
        return letter;
    }

    private void start(Generator generator, OutputLimits limits) {
        translator = new ImageTranslator(
                CHECKPOINT, generator, new Parallelism(1, 1), ImageCodec.standard(), TranslationMetrics.NONE);
        Route route = new Route(INPUT, OUTPUT, translator);
        StreamSettings settings = new StreamSettings(
                "test",
                DEAD_LETTERS,
                1,
                1 << 20,
                new StreamSettings.Tuning(3, 16, Duration.ofMillis(100), Duration.ofSeconds(20), Optional.empty()));
        Properties properties = settings.toProperties(
                new KafkaConnection("nowhere:1", "mock://none"), List.of(route), DeadLetterListener.NONE);
        // The driver forgets what a deserializer's handler sends within a transaction; see ExactlyOnceIT for those.
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        driver = new TopologyTestDriver(TranslationTopology.build(List.of(route), serdes, limits, stores), properties);
    }

    private TestInputTopic<String, ImageEvent> images() {
        return driver.createInputTopic(
                INPUT, new StringSerializer(), serdes.imageEvents().serializer());
    }

    private TestOutputTopic<String, TranslatedImage> translated() {
        return driver.createOutputTopic(
                OUTPUT, new StringDeserializer(), serdes.translatedImages().deserializer());
    }

    private TestOutputTopic<byte[], byte[]> deadLetters() {
        return driver.createOutputTopic(DEAD_LETTERS, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static String header(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
