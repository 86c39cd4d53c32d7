package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.event.Provenance;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.inference.TestTranslator;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.topic.ImageCollector;
import dev.cyclestream.topic.ImagePublisher;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real broker: the input topic is deleted and made again, while the application runs and while it does not. */
@Timeout(180)
class InputTopicMadeAnewIT {

    private static final StreamSettings SETTINGS = new StreamSettings(
            "test",
            TestKafka.DEAD_LETTERS,
            1,
            TestKafka.MAX_IMAGE_BYTES,
            new StreamSettings.Tuning(5, 16, Duration.ofMillis(100), Duration.ofSeconds(20), Optional.empty()));
    private static final Duration POLL = Duration.ofMillis(100);

    private final Map<String, List<String>> idsByImage = new TreeMap<>();
    private TestKafka kafka;
    private KafkaConnection connection;

    @BeforeEach
    void startKafka() throws IOException {
        kafka = TestKafka.start(1);
        connection = kafka.connection();
    }

    @AfterEach
    void stopKafka() {
        kafka.close();
    }

    /** Before anything was read, no offset shows that the topic is another one. */
    @Test
    void topicThatIsMadeAnewBeforeAnythingWasReadIsCalledByItsNewId() throws Exception {
        try (ImageTranslator translator = translator();
                TranslationApplication application = application(translator);
                ImageCollector results = new ImageCollector(connection, TestKafka.OUTPUT)) {
            application.start();
            application.awaitRunning();
            String id = makeAnew();
            publish("new", 3);
            await(results, 3);
            assertThat(idsByImage).isEqualTo(Map.of("new 0", List.of(id), "new 1", List.of(id), "new 2", List.of(id)));
        }
    }

    /** With fewer records than were read before, and with more: then reading could go on as if nothing had been. */
    @ParameterizedTest
    @ValueSource(ints = {3, 9})
    void resultsOfBothTopicsAreToldApartAndNoneIsLeftOut(int newImages) throws Exception {
        String first;
        try (Topics topics = new Topics(connection)) {
            first = topics.id(TestKafka.INPUT);
        }
        try (ImageTranslator translator = translator();
                TranslationApplication application = application(translator);
                ImageCollector results = new ImageCollector(connection, TestKafka.OUTPUT)) {
            application.start();
            publish("old", 5);
            await(results, 5);
            String second = makeAnew();
            publish("new", newImages);
            await(results, 5 + newImages);
            assertThat(second).isNotEqualTo(first);
            idsByImage.forEach((image, ids) ->
                    assertThat(ids).as(image).containsExactly(image.startsWith("old") ? first : second));
        }
    }

    private String makeAnew() {
        try (Topics topics = new Topics(connection)) {
            topics.delete(List.of(TestKafka.INPUT));
            topics.createMissing(List.of(TestKafka.INPUT), Optional.of(1), 2 * TestKafka.MAX_IMAGE_BYTES);
            return topics.id(TestKafka.INPUT);
        }
    }

    private void publish(String name, int count) {
        try (ImagePublisher publisher = new ImagePublisher(connection, TestKafka.INPUT, TestKafka.MAX_IMAGE_BYTES)) {
            for (int number = 0; number < count; number++) {
                publisher.send(TestImages.event("%s %d".formatted(name, number), TestImages.png(number)));
            }
            publisher.flush();
        }
    }

    private void await(ImageCollector results, int count) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (idsByImage.size() < count) {
            assertThat(System.nanoTime()).as("%s", idsByImage).isLessThan(end);
            results.poll(
                    POLL,
                    image -> idsByImage
                            .computeIfAbsent(image.imageId(), id -> new ArrayList<>())
                            .add(image.provenance()
                                    .map(Provenance::getSourceTopicId)
                                    .orElse("none")));
        }
    }

    private static ImageTranslator translator() {
        return TestTranslator.quick();
    }

    private TranslationApplication application(ImageTranslator translator) {
        return TranslationApplication.of(
                List.of(new Route(TestKafka.INPUT, TestKafka.OUTPUT, translator)), SETTINGS, connection);
    }
}
