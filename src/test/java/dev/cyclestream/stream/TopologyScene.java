package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.checkpoint.Checkpoint;
import dev.cyclestream.deadletter.Books;
import dev.cyclestream.deadletter.DeadLetter;
import dev.cyclestream.deadletter.FailedRecords;
import dev.cyclestream.deadletter.FailureLedger;
import dev.cyclestream.event.EventSerdes;
import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.event.TranslatedImage;
import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.inference.Generator;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.inference.TestTranslator;
import dev.cyclestream.kafka.InputTopicIds;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.OutputLimits;
import dev.cyclestream.kafka.TopicLimits;
import dev.cyclestream.progress.Progress;
import dev.cyclestream.progress.ProgressListener;
import dev.cyclestream.rollout.live.ResultListener;
import dev.cyclestream.storage.ImageStores;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;

/** The topology without a broker: what is piped in comes out translated, or as a dead letter. */
abstract class TopologyScene {

    static final String INPUT = "images.a";
    static final String INPUT_ID = "o8Z1r2zqR0-DPIqZQJ0x_w";
    static final String OUTPUT = "translated.b";
    static final String DEAD_LETTERS = "dead-letters";
    static final Checkpoint CHECKPOINT = DemoCheckpoint.aToB();
    final EventSerdes serdes = new EventSerdes("mock://" + UUID.randomUUID());
    ImageStores stores = ImageStores.none();
    ResultListener listener = ResultListener.NONE;
    private ImageTranslator translator;
    private TopologyTestDriver driver;

    @AfterEach
    void close() {
        if (driver != null) {
            driver.close();
        }
        translator.close();
    }

    TestRecord<byte[], byte[]> assertDeadLetter(String reason) {
        TestRecord<byte[], byte[]> letter = deadLetters().readRecord();
        assertThat(header(letter.headers(), DeadLetter.REASON_HEADER)).isEqualTo(reason);
        assertThat(deadLetters().isEmpty()).isTrue();
        return letter;
    }

    void start(Generator generator, OutputLimits limits) {
        translator = TestTranslator.of(generator, 1);
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
        InHand inHand = new InHand();
        Properties properties = settings.toProperties(
                new KafkaConnection("nowhere:1", "mock://none"),
                limits,
                settings.deadLetters(limits, inHand.translations(List.of(route)), books));
        driver = new TopologyTestDriver(
                TranslationTopology.build(
                        List.of(route),
                        new ProcessorParts(serdes, limits, stores, Optional.empty(), books, inHand, listener)),
                properties);
    }

    static OutputLimits limits(String topic, TopicLimits limits) {
        return new OutputLimits(Map.of(topic, limits));
    }

    TestInputTopic<String, ImageEvent> images() {
        return driver.createInputTopic(
                INPUT, new StringSerializer(), serdes.imageEvents().serializer());
    }

    /** Takes bytes that may be no event. */
    TestInputTopic<byte[], byte[]> rawInputs() {
        return driver.createInputTopic(INPUT, new ByteArraySerializer(), new ByteArraySerializer());
    }

    TestOutputTopic<String, TranslatedImage> translated() {
        return driver.createOutputTopic(
                OUTPUT, new StringDeserializer(), serdes.translatedImages().deserializer());
    }

    TestOutputTopic<byte[], byte[]> deadLetters() {
        return driver.createOutputTopic(DEAD_LETTERS, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    static String header(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
