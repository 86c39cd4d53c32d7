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
import dev.cyclestream.image.ImageFormat;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.inference.Batcher.Parallelism;
import dev.cyclestream.inference.BrokenGenerator;
import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.inference.FakeGenerator;
import dev.cyclestream.inference.FussyGenerator;
import dev.cyclestream.inference.Generator;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.inference.ImageTranslator.ImageCodec;
import dev.cyclestream.inference.TranslationMetrics;
import dev.cyclestream.progress.Progress;
import dev.cyclestream.progress.ProgressListener;
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
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranslationTopologyTest {

    private static final String INPUT = "images.a";
    private static final String INPUT_ID = "o8Z1r2zqR0-DPIqZQJ0x_w";
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
        Map<String, String> attributes = Map.of("camera", "x", "ort", "Zürich", "", "");
        images().pipeInput("key", TestImages.event("cats/1.png", png, attributes), 77);
        TranslatedImage image = translated().readValue();
        assertThat(image.getImageId()).isEqualTo("cats/1.png");
        assertThat(image.getDirection()).isEqualTo(Direction.A_TO_B);
        assertThat(image.getContentType()).isEqualTo("image/png");
        assertThat(List.of(image.getWidth(), image.getHeight())).containsOnly(32);
        assertThat(image.getAttributes()).isEqualTo(attributes);
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
        assertThat(provenance.getSourceTopicId()).isEqualTo(INPUT_ID);
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
        images().pipeInput("key", TestImages.event("x", TestImages.jpeg(1))); // it says image/png
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
        assertThat(header(letter.headers(), InputTopicIds.HEADER)).isEqualTo(INPUT_ID);
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
        driver.createInputTopic(INPUT, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(bytes("key"), bytes("no avro"));
        assertThat(assertDeadLetter("UNREADABLE_EVENT").value()).isEqualTo(bytes("no avro"));
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
        ImageEvent event = ImageEvent.newBuilder(TestImages.event("x", new byte[0]))
                .setImage(new ImageReference("s3://bucket/key", 1L, "ab"))
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
        ImageReference reference =
                new ImageReference(file.toUri().toString(), (long) png.length, DigestUtils.sha256Hex(png));
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
        start(new FakeGenerator(), limits(OUTPUT, TopicLimits.ofBytes(1000)));
        images().pipeInput("key", TestImages.event("x", TestImages.png(1)));
        assertDeadLetter("RESULT_TOO_LARGE");
    }

    @Test
    void keyHeadersAndAttributesCountWhereTheResultMustFit() {
        start(new FakeGenerator(), limits(OUTPUT, TopicLimits.ofBytes(250_000)));
        String key = "k".repeat(300_000);
        images().pipeInput(key, TestImages.event("x", TestImages.png(1)));
        assertThat(assertDeadLetter("RESULT_TOO_LARGE").key()).hasSize(300_000);
        Headers headers = new RecordHeaders().add("large", new byte[300_000]);
        images().pipeInput(new TestRecord<>("key", TestImages.event("x", TestImages.png(1)), headers, 77L));
        assertDeadLetter("RESULT_TOO_LARGE");
        images().pipeInput("key", TestImages.event("x", TestImages.png(1), Map.of("large", key)));
        assertDeadLetter("RESULT_TOO_LARGE");
    }

    @Test
    void inputWithoutAKeyIsNoResultOfACompactedTopic() {
        start(new FakeGenerator(), limits(OUTPUT, new TopicLimits(1 << 20, true, Long.MAX_VALUE, Long.MAX_VALUE)));
        images().pipeInput((String) null, TestImages.event("x", TestImages.png(1)));
        assertDeadLetter("NO_KEY");
    }

    @Test
    void timestampThatTheOutputTopicDoesNotTakeMakesADeadLetterOfNow() {
        long now = System.currentTimeMillis();
        TopicLimits hour = new TopicLimits(1 << 20, false, 3_600_000, 3_600_000);
        start(new FakeGenerator(), new OutputLimits(Map.of(OUTPUT, hour, DEAD_LETTERS, hour)));
        ImageEvent event = TestImages.event("x", TestImages.png(1));
        for (long timestamp : new long[] {now * 1000, now - 7_200_000, now + 7_200_000}) {
            images().pipeInput("key", event, timestamp);
            assertThat(assertDeadLetter("UNACCEPTABLE_TIMESTAMP").timestamp()).isBetween(now, now + 600_000);
        }
        images().pipeInput("key", event, now - 60_000);
        assertThat(translated().readRecord().timestamp()).isEqualTo(now - 60_000);
    }

    @Test
    void negativeTimestampMakesADeadLetter() {
        start(new FakeGenerator(), OutputLimits.none());
        ConsumerRecord<Object, Object> record = new ConsumerRecord<>(
                INPUT, 0, 0, -1, TimestampType.CREATE_TIME, 0, 0, null, null, new RecordHeaders(), Optional.empty());
        long extracted = new AnyTimestamp().extract(record, 0);
        images().pipeInput("key", TestImages.event("x", TestImages.png(1)), extracted);
        TestRecord<byte[], byte[]> letter = assertDeadLetter("UNACCEPTABLE_TIMESTAMP");
        assertThat(header(letter.headers(), DeadLetter.MESSAGE_HEADER)).endsWith("found a negative one");
    }

    @Test
    void headersOfOurNamesThatASenderSetAreNotBelieved() {
        start(new FakeGenerator(), OutputLimits.none());
        Headers headers = new RecordHeaders()
                .add(DeadLetter.REASON_HEADER, bytes("MINE"))
                .add(DeadLetter.TOPIC_HEADER, bytes("elsewhere"))
                .add(DeadLetter.CUT_HEADER, bytes("VALUE"));
        images().pipeInput(new TestRecord<>("key", TestImages.event("x", bytes("no image")), headers, 77L));
        Headers letter = assertDeadLetter("NOT_AN_IMAGE").headers();
        assertThat(header(letter, DeadLetter.TOPIC_HEADER)).isEqualTo(INPUT);
        assertThat(header(letter, DeadLetter.CUT_HEADER)).isEqualTo("NOTHING");
        assertThat(OriginalInput.headers(letter)).isEqualTo(headers);
    }

    @Test
    void whatFailsForOneInputOnlyIsTriedThreeTimesAndBecomesADeadLetter() {
        FussyGenerator generator = new FussyGenerator(new StackOverflowError());
        start(generator, OutputLimits.none());
        images().pipeInput("key", TestImages.event("odd", TestImages.encode(33, 1, ImageFormat.PNG)));
        TestRecord<byte[], byte[]> letter = assertDeadLetter("FAILED_REPEATEDLY");
        assertThat(generator.failures()).isEqualTo(Attempts.MOST);
        assertThat(header(letter.headers(), DeadLetter.TRACE_HEADER)).contains("StackOverflowError");
        images().pipeInput("key", TestImages.event("even", TestImages.png(1)));
        assertThat(translated().readValue().getImageId()).isEqualTo("even");
    }

    @Test
    void tooManyRepeatedFailuresInARowStopTheInstance() {
        start(new FussyGenerator(new OutOfMemoryError("odd")), OutputLimits.none());
        ImageEvent odd = TestImages.event("odd", TestImages.encode(33, 1, ImageFormat.PNG));
        for (int count = 0; count < 3; count++) {
            images().pipeInput("key", odd);
            assertDeadLetter("FAILED_REPEATEDLY");
        }
        assertThatThrownBy(() -> images().pipeInput("key", odd))
                .hasStackTraceContaining("3 inputs in a row failed at every attempt");
    }

    @Test
    void deadLetterIsCutUntilItFits() {
        start(new FakeGenerator(), limits(DEAD_LETTERS, TopicLimits.ofBytes(20_000)));
        byte[] text = bytes("no image".repeat(5_000));
        images().pipeInput("key", TestImages.event("x", text));
        TestRecord<byte[], byte[]> withoutValue = assertDeadLetter("NOT_AN_IMAGE");
        assertThat(withoutValue.value()).isNull();
        assertThat(withoutValue.key()).isEqualTo(bytes("key"));
        assertThat(header(withoutValue.headers(), DeadLetter.CUT_HEADER)).isEqualTo("VALUE");
        assertThat(Integer.parseInt(header(withoutValue.headers(), "cyclestream.value.size")))
                .isGreaterThan(text.length);
        assertThat(header(withoutValue.headers(), "cyclestream.value.sha256")).hasSize(64);
        Headers headers = new RecordHeaders().add("large", new byte[30_000]);
        images().pipeInput(new TestRecord<>("key", TestImages.event("x", text), headers, 77L));
        TestRecord<byte[], byte[]> withoutHeaders = assertDeadLetter("NOT_AN_IMAGE");
        assertThat(header(withoutHeaders.headers(), DeadLetter.CUT_HEADER)).isEqualTo("HEADERS");
        assertThat(withoutHeaders.headers().lastHeader("large")).isNull();
        images().pipeInput("k".repeat(30_000), TestImages.event("x", text));
        TestRecord<byte[], byte[]> withoutKey = assertDeadLetter("NOT_AN_IMAGE");
        assertThat(header(withoutKey.headers(), DeadLetter.CUT_HEADER)).isEqualTo("KEY");
        assertThat(withoutKey.key()).hasSize(1024);
        assertThat(header(withoutKey.headers(), "cyclestream.key.size")).isEqualTo("30000");
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
        FailedRecords failed = new FailedRecords(FailureLedger.NONE, 3);
        InputTopicIds ids = new InputTopicIds(topics -> Map.of(), Map.of(INPUT, INPUT_ID));
        Books books = new Books(failed, ids, new Progress(ProgressListener.NONE));
        Properties properties = settings.toProperties(
                new KafkaConnection("nowhere:1", "mock://none"),
                limits,
                new DeadLetterPolicy(settings, limits, List.of(route), books));
        driver = new TopologyTestDriver(
                TranslationTopology.build(
                        List.of(route),
                        new TranslationProcessor.Surroundings(serdes, limits, stores, Optional.empty(), books)),
                properties);
    }

    private static OutputLimits limits(String topic, TopicLimits limits) {
        return new OutputLimits(Map.of(topic, limits));
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
