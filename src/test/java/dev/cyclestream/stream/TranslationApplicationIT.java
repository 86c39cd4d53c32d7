package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.deadletter.DeadLetterCollector;
import dev.cyclestream.deadletter.DeadLetterCollector.CollectedDeadLetter;
import dev.cyclestream.deadletter.redrive.Redrive;
import dev.cyclestream.inference.BrokenGenerator;
import dev.cyclestream.inference.FakeGenerator;
import dev.cyclestream.inference.Generator;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.inference.TestTranslator;
import dev.cyclestream.kafka.CommittedReader;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.picture.Picture;
import dev.cyclestream.progress.PartitionLag;
import dev.cyclestream.topic.CollectedImage;
import dev.cyclestream.topic.ImageCollector;
import dev.cyclestream.topic.ImagePublisher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real broker and a registry over HTTP; the application in this process, with generators that are quick or broken. */
@Timeout(120)
class TranslationApplicationIT {

    private static final String INPUT = TestKafka.INPUT;
    private static final String OUTPUT = TestKafka.OUTPUT;
    private static final String DEAD_LETTERS = TestKafka.DEAD_LETTERS;
    private static final int MAX_IMAGE_BYTES = TestKafka.MAX_IMAGE_BYTES;
    private static final StreamSettings SETTINGS = new StreamSettings(
            "test",
            DEAD_LETTERS,
            2,
            MAX_IMAGE_BYTES,
            new StreamSettings.Tuning(5, 16, Duration.ofMillis(100), Duration.ofSeconds(20), Optional.empty()));
    private static final Duration POLL = Duration.ofMillis(100);

    /** A thread asks four or five times within its two seconds, and ends. */
    private static final int TRIES_OF_MANY_THREADS = 15;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private TestKafka kafka;
    private KafkaConnection connection;

    @BeforeEach
    void startKafka() throws IOException {
        kafka = TestKafka.start(2);
        connection = kafka.connection();
    }

    @AfterEach
    void stopKafka() {
        kafka.close();
    }

    @Test
    void bytesThatAreNoEventBecomeADeadLetterAlthoughNothingFollows() throws Exception {
        byte[] garbage = "no avro".getBytes(StandardCharsets.UTF_8);
        sendRaw(garbage);
        try (ImageTranslator translator = translator(new FakeGenerator());
                TranslationApplication application = application(translator);
                DeadLetterCollector collector = new DeadLetterCollector(connection, DEAD_LETTERS)) {
            application.start();
            List<CollectedDeadLetter> letters = new ArrayList<>();
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (letters.isEmpty() && System.nanoTime() < end) {
                collector.poll(POLL, letters::add);
            }
            assertThat(letters).extracting(CollectedDeadLetter::reason).containsExactly("UNREADABLE_EVENT");
            assertThat(letters.get(0).source()).matches("images.a partition [01] offset 0");
        }
    }

    @Test
    void registryThatIsAwayForAWhileIsWaitedFor() throws Exception {
        publish("waiting");
        kafka.registry().close();
        List<Throwable> printed = new CopyOnWriteArrayList<>();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> printed.add(failure));
        try (ImageTranslator translator = translator(new FakeGenerator());
                TranslationApplication application = application(translator);
                ImageCollector collector = new ImageCollector(connection, OUTPUT)) {
            application.start();
            List<CollectedImage> images = new ArrayList<>();
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (application.registryFailures() < TRIES_OF_MANY_THREADS) {
                collector.poll(POLL, images::add);
                assertThat(System.nanoTime()).isLessThan(end);
            }
            assertThat(images).isEmpty();
            assertThat(application.hasEnded(Duration.ZERO)).isFalse();
            kafka.registry().restart();
            awaitImages(collector, images, 1);
            assertThat(images).extracting(CollectedImage::imageId).containsExactly("waiting");
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(null);
        }
        assertThat(printed).isEmpty(); // threads ended meanwhile, and the log says so
    }

    @Test
    void tooManyDeadLettersInARowStopTheApplication() throws Exception {
        for (int count = 0; count < 8; count++) {
            sendRaw("no avro".getBytes(StandardCharsets.UTF_8));
        }
        try (ImageTranslator translator = translator(new FakeGenerator());
                TranslationApplication application = application(translator)) {
            application.start();
            assertThat(application.awaitEnd().orElseThrow())
                    .hasStackTraceContaining("more than 5 inputs in a row cannot be translated");
        }
    }

    @Test
    void deadLettersAreSentBackOnce() throws Exception {
        sendRaw("no avro".getBytes(StandardCharsets.UTF_8));
        try (ImageTranslator translator = translator(new FakeGenerator());
                TranslationApplication application = application(translator)) {
            application.start();
            awaitDeadLetters(1);
            assertThat(redrive(Optional.of("IMAGE_TOO_LARGE")).sent()).isEmpty();
            assertThat(redrive(Optional.empty()).sent()).isEqualTo(Map.of(INPUT, 1L));
            List<CollectedDeadLetter> letters = awaitDeadLetters(2);
            assertThat(letters).extracting(CollectedDeadLetter::reason).containsOnly("UNREADABLE_EVENT");
            assertThat(redrive(Optional.of("UNREADABLE_EVENT")).sent()).isEqualTo(Map.of(INPUT, 1L));
            assertThat(awaitDeadLetters(3)).hasSize(3);
        }
    }

    private Redrive.Result redrive(Optional<String> reason) {
        Redrive.Selection selection = new Redrive.Selection(reason, Optional.empty());
        try (Redrive redrive = new Redrive(connection, DEAD_LETTERS, selection, 2 * MAX_IMAGE_BYTES)) {
            return redrive.run(seen -> {}, () -> false);
        }
    }

    private List<CollectedDeadLetter> awaitDeadLetters(int count) {
        List<CollectedDeadLetter> letters = new ArrayList<>();
        try (DeadLetterCollector collector = new DeadLetterCollector(connection, DEAD_LETTERS)) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (letters.size() < count && System.nanoTime() < end) {
                collector.poll(POLL, letters::add);
            }
        }
        return letters;
    }

    @Test
    void brokenGeneratorStopsTheApplicationAndLosesNothing() throws Exception {
        publish("kept");
        try (ImageTranslator broken = translator(new BrokenGenerator());
                TranslationApplication application = application(broken)) {
            application.start();
            Optional<Throwable> failure = application.awaitEnd();
            assertThat(failure).isPresent();
            assertThat(failure.orElseThrow()).hasRootCauseMessage("out of order");
        }
        try (ImageTranslator repaired = translator(new FakeGenerator());
                TranslationApplication application = application(repaired);
                ImageCollector collector = new ImageCollector(connection, OUTPUT)) {
            application.start();
            List<CollectedImage> images = new ArrayList<>();
            awaitImages(collector, images, 1);
            assertThat(images).extracting(CollectedImage::imageId).containsExactly("kept");
        }
    }

    @Test
    void outputPartitionIsTheInputPartition() throws Exception {
        publish("a", "b", "c", "d", "e", "f", "g", "h");
        try (ImageTranslator translator = translator(new FakeGenerator());
                TranslationApplication application = application(translator);
                CommittedReader reader = new CommittedReader(connection, OUTPUT)) {
            application.start();
            Map<Integer, Integer> partitions = new HashMap<>();
            int count = 0;
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (count < 8 && System.nanoTime() < end) {
                for (var record : reader.poll(POLL)) {
                    count++;
                    var image = connection
                            .serdes()
                            .translatedImages()
                            .deserializer()
                            .deserialize(OUTPUT, record.value());
                    assertThat(record.partition())
                            .isEqualTo(image.getProvenance().getSourcePartition());
                    partitions.merge(record.partition(), 1, Integer::sum);
                }
            }
            assertThat(count).isEqualTo(8);
            assertThat(partitions).hasSize(2);
        }
    }

    @Test
    void lagIsWhatIsNotCommittedOnceForEachPartition() throws Exception {
        publish("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l");
        CountDownLatch released = new CountDownLatch(1);
        try (ImageTranslator translator = translator(new WaitingGenerator(released));
                TranslationApplication application = application(translator)) {
            application.start();
            awaitLag(application, 12); // all of them are fetched by now, and none is done
            assertThat(application.lag())
                    .extracting(PartitionLag::topic, PartitionLag::partition)
                    .containsExactlyInAnyOrder(Tuple.tuple(INPUT, 0), Tuple.tuple(INPUT, 1));
            released.countDown();
            awaitLag(application, 0);
            assertThat(application.lag()).hasSize(2);
        }
    }

    private static void awaitLag(TranslationApplication application, double expected) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<PartitionLag> lag = application.lag();
        while (lag.size() < 2 || lag.stream().mapToDouble(PartitionLag::records).sum() != expected) {
            assertThat(System.nanoTime()).as("%s", lag).isLessThan(end);
            Thread.sleep(100);
            lag = application.lag();
        }
    }

    /** Is quick once it may begin. */
    private record WaitingGenerator(CountDownLatch released) implements Generator {
        @Override
        public List<Picture> translate(List<Picture> images) {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return images;
        }

        @Override
        public String device() {
            return "waiting";
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    private void publish(String... ids) {
        try (ImagePublisher publisher = new ImagePublisher(connection, INPUT, MAX_IMAGE_BYTES)) {
            for (String id : ids) {
                publisher.send(TestImages.event(id, TestImages.png(1)));
            }
            publisher.flush();
        }
    }

    private void sendRaw(byte[] value) throws Exception {
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                connection.clientSettings(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(INPUT, value)).get();
        }
    }

    private static void awaitImages(ImageCollector collector, List<CollectedImage> images, int count)
            throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (images.size() < count && System.nanoTime() < end) {
            collector.poll(POLL, images::add);
        }
    }

    private TranslationApplication application(ImageTranslator translator) {
        return TranslationApplication.of(List.of(new Route(INPUT, OUTPUT, translator)), SETTINGS, connection);
    }

    private static ImageTranslator translator(Generator generator) {
        return TestTranslator.of(generator, 2);
    }
}
