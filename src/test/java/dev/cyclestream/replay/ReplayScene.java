package dev.cyclestream.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.inference.TestTranslator;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.progress.ProgressListener;
import dev.cyclestream.storage.ImageStores;
import dev.cyclestream.stream.Collaborators;
import dev.cyclestream.stream.Route;
import dev.cyclestream.stream.StreamSettings;
import dev.cyclestream.stream.TestImages;
import dev.cyclestream.stream.TranslationApplication;
import dev.cyclestream.stream.client.BoundedRun;
import dev.cyclestream.stream.client.Pace;
import dev.cyclestream.topic.ImageCollector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** A real broker, a topic for each test, and instances in this process with a generator that is quick. */
@Timeout(180)
abstract class ReplayScene {

    static final ReplayPlan.Recipe RECIPE =
            new ReplayPlan.Recipe("a-to-b.onnx", DemoCheckpoint.aToB().sha256(), "");

    static final Duration PATIENCE = Duration.ofSeconds(3);

    static TestKafka kafka;
    static KafkaConnection connection;
    String topic;

    @BeforeAll
    static void startKafka() throws Exception {
        kafka = TestKafka.start(1);
        connection = kafka.connection();
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @BeforeEach
    void makeTopic(TestInfo info) {
        topic = "images." + info.getTestMethod().orElseThrow().getName();
        make(topic, 2);
    }

    static void make(String name, int partitions) {
        try (Topics topics = new Topics(connection)) {
            topics.createMissing(List.of(name), Optional.of(partitions), 1 << 20);
        }
    }

    ReplayPlan plan(ReplayRequest request) {
        ReplayPlan plan =
                new ReplayPlanner(connection, PATIENCE).plan(request).plan().orElseThrow();
        make(plan.output().topic(), 2);
        make(new ReplayName(plan.name()).deadLetterTopic(), 1);
        return plan;
    }

    ReplayRequest request(String name, String from, String to) {
        return new ReplayRequest(
                new ReplayName(name),
                topic,
                Optional.ofNullable(from).map(text -> Edge.parse(text)),
                Optional.ofNullable(to).map(text -> Edge.parse(text)),
                RECIPE,
                Optional.empty());
    }

    /** Runs an instance to the end; returns what it failed of. */
    static Optional<Throwable> run(ReplayPlan plan, Pace pace) {
        ReplayName name = new ReplayName(plan.name());
        StreamSettings settings = new StreamSettings(
                name.applicationId(),
                name.deadLetterTopic(),
                2,
                1 << 19,
                new StreamSettings.Tuning(5, 16, Duration.ofMillis(100), Duration.ofSeconds(20), Optional.empty()));
        try (ImageTranslator translator = TestTranslator.quick();
                ReplayProgress progress = new ReplayProgress(connection, plan);
                ReplayInstance instance = new ReplayInstance(
                        TranslationApplication.of(
                                List.of(new Route(
                                        plan.source().topic(), plan.output().topic(), translator)),
                                settings,
                                connection,
                                collaborators(plan, pace, progress)),
                        progress,
                        Optional.empty())) {
            return instance.run(done -> assertThat(done).isLessThanOrEqualTo(plan.length()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(e);
        }
    }

    private static Collaborators collaborators(ReplayPlan plan, Pace pace, ReplayProgress progress) {
        return new Collaborators(
                ImageStores.none(),
                ProgressListener.NONE,
                Optional.of(new BoundedRun(plan.name(), plan.source().topic(), plan.bounds(), pace, progress)));
    }

    static Map<Integer, Long> positions(ReplayPlan plan) {
        try (ReplayProgress progress = new ReplayProgress(connection, plan);
                ReplayGroup group = new ReplayGroup(connection, new ReplayName(plan.name()))) {
            progress.requirePositions();
            return group.committed(plan.source().topic());
        }
    }

    static ImageCollector collector(ReplayPlan plan) {
        return new ImageCollector(connection, plan.output().topic());
    }

    static List<String> ids(ReplayPlan plan) throws Exception {
        List<String> ids = new ArrayList<>();
        try (ImageCollector collector = collector(plan)) {
            collector.collect(
                    new ImageCollector.End(Long.MAX_VALUE, Duration.ofSeconds(1)), image -> ids.add(image.imageId()));
        }
        return ids;
    }

    void send(int partition, String... ids) throws Exception {
        try (Producer<byte[], byte[]> producer = producer("")) {
            for (String id : ids) {
                producer.send(record(partition, id)).get();
            }
        }
    }

    void transaction(Producer<byte[], byte[]> producer, boolean commit, int partition, String... ids) throws Exception {
        producer.beginTransaction();
        for (String id : ids) {
            producer.send(record(partition, id)).get();
        }
        if (commit) {
            producer.commitTransaction();
        } else {
            producer.abortTransaction();
        }
    }

    ProducerRecord<byte[], byte[]> record(int partition, String id) {
        return new ProducerRecord<>(topic, partition, null, event(id));
    }

    byte[] event(String id) {
        try (Serializer<ImageEvent> serializer =
                connection.serdes().imageEvents().serializer()) {
            return serializer.serialize(topic, TestImages.event(id, TestImages.png(1)));
        }
    }

    static Producer<byte[], byte[]> producer(String transactionalId) {
        Map<String, Object> settings = new HashMap<>(connection.clientSettings());
        if (!transactionalId.isEmpty()) {
            settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        }
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
