package dev.cyclestream.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.inference.Batcher.Parallelism;
import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.inference.FakeGenerator;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.inference.ImageTranslator.ImageCodec;
import dev.cyclestream.inference.TranslationMetrics;
import dev.cyclestream.storage.ImageStores;
import dev.cyclestream.stream.BoundedRun;
import dev.cyclestream.stream.DeadLetterListener;
import dev.cyclestream.stream.ImageCollector;
import dev.cyclestream.stream.KafkaConnection;
import dev.cyclestream.stream.MissingTopicException;
import dev.cyclestream.stream.Pace;
import dev.cyclestream.stream.Route;
import dev.cyclestream.stream.StreamSettings;
import dev.cyclestream.stream.TestImages;
import dev.cyclestream.stream.TestKafka;
import dev.cyclestream.stream.Topics;
import dev.cyclestream.stream.TranslationApplication;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** A real broker, topics with gaps, and instances in this process with a generator that is quick. */
@Timeout(180)
class ReplayPlannerIT {

    private static final String SHA256 = DemoCheckpoint.aToB().sha256();

    private static TestKafka kafka;
    private static KafkaConnection connection;
    private String topic;

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

    private static void make(String name, int partitions) {
        try (Topics topics = new Topics(connection)) {
            topics.createMissing(List.of(name), Optional.of(partitions), 1 << 20);
        }
    }

    @Test
    void gapsAtTheEndOfATransactionalTopicAreNotWaitedFor() throws Exception {
        try (Producer<byte[], byte[]> producer = producer("writer")) {
            producer.initTransactions();
            transaction(producer, true, 0, "a", "b"); // 0, 1, marker 2
            transaction(producer, false, 0, "lost", "lost too"); // 3, 4, marker 5
            transaction(producer, true, 0, "c"); // 6, marker 7
            transaction(producer, false, 0, "lost again", "and again", "and again"); // 8 to 10, marker 11
            transaction(producer, false, 1, "nothing but lost"); // 0, marker 1
        }
        ReplayPlan plan = plan(request("gaps", null, null));
        assertThat(plan.partitions()).containsExactly(new PartitionRange(0, 0, 7), new PartitionRange(1, 0, 0));
        assertThat(run(plan, Pace.unlimited())).isEmpty();
        assertThat(ids(plan)).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(positions(plan)).containsEntry(0, 7L);
    }

    @Test
    void openTransactionIsNotWaitedFor() throws Exception {
        try (Producer<byte[], byte[]> producer = producer("open")) {
            producer.initTransactions();
            transaction(producer, true, 0, "a");
            producer.beginTransaction();
            producer.send(record(0, "not yet")).get();
            ReplayPlan plan = plan(request("open", null, null));
            assertThat(plan.partitions().get(0)).isEqualTo(new PartitionRange(0, 0, 1));
            assertThat(run(plan, Pace.unlimited())).isEmpty();
            assertThat(ids(plan)).containsExactly("a");
            producer.abortTransaction();
        }
    }

    @Test
    void nothingBeyondTheBoundIsTranslatedThoughMoreIsThere() throws Exception {
        send(0, "a", "b", "c", "d");
        send(1, "e", "f", "g");
        ReplayPlan plan = plan(request("bounded", "0:1,1:0", "0:3,1:2"));
        assertThat(plan.partitions()).containsExactly(new PartitionRange(0, 1, 3), new PartitionRange(1, 0, 2));
        assertThat(run(plan, Pace.unlimited())).isEmpty();
        assertThat(ids(plan)).containsExactlyInAnyOrder("b", "c", "e", "f");
        assertThat(positions(plan)).containsEntry(0, 3L).containsEntry(1, 2L);
    }

    @Test
    void partitionsThatAreNotNamedAreLeftOut() throws Exception {
        send(0, "a", "b");
        send(1, "c", "d");
        ReplayPlan plan = plan(request("named", "1:1", null));
        assertThat(run(plan, Pace.unlimited())).isEmpty();
        assertThat(ids(plan)).containsExactly("d");
    }

    @Test
    void poisonAtTheBoundIsADeadLetterAndTheEnd() throws Exception {
        send(0, "a");
        try (Producer<byte[], byte[]> producer = producer("")) {
            producer.send(new ProducerRecord<>(topic, 0, null, "no avro".getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
        ReplayPlan plan = plan(request("poison", null, null));
        send(0, "later");
        assertThat(run(plan, Pace.unlimited())).isEmpty();
        assertThat(ids(plan)).containsExactly("a");
        assertThat(positions(plan)).containsEntry(0, 2L);
    }

    @Test
    void emptyRangeLeavesNothingBehind() throws Exception {
        send(0, "a");
        assertThat(new ReplayPlanner(connection)
                        .plan(request("empty", "now", null))
                        .plan())
                .isEmpty();
        assertThat(new ReplayPlanner(connection)
                        .plan(request("empty", "500", null))
                        .plan())
                .isEmpty();
        try (Topics topics = new Topics(connection)) {
            assertThat(topics.exists(new ReplayName("empty").planTopic())).isFalse();
        }
    }

    @Test
    void rangeThatDoesNotSuitTheTopicIsRefused() {
        ReplayPlanner planner = new ReplayPlanner(connection);
        assertThatThrownBy(() -> planner.plan(request("wrong", "2:1", null)))
                .hasMessage("--from: %s has partitions 0 to 1, found offsets of [2]".formatted(topic));
        String tomorrow = Instant.now().plus(Duration.ofDays(1)).toString();
        assertThatThrownBy(() -> planner.plan(request("wrong", null, tomorrow)))
                .hasMessageStartingWith("--to: expected a time that has passed");
        topic = "nowhere";
        assertThatThrownBy(() -> planner.plan(request("wrong", null, null))).isInstanceOf(MissingTopicException.class);
    }

    @Test
    void timesAreTheTimestampsOfRecords() throws Exception {
        long noon = Instant.parse("2026-05-01T12:00:00Z").toEpochMilli();
        try (Producer<byte[], byte[]> producer = producer("")) {
            for (int second = 0; second < 10; second++) {
                producer.send(new ProducerRecord<>(topic, second % 2, noon + second * 1000L, null, event("s" + second)))
                        .get();
            }
        }
        ReplayPlan plan = plan(request("times", "2026-05-01T12:00:02Z", "2026-05-01T12:00:07Z"));
        assertThat(run(plan, Pace.unlimited())).isEmpty();
        assertThat(ids(plan)).containsExactlyInAnyOrder("s2", "s3", "s4", "s5", "s6");
    }

    @Test
    void instancesThatPlanAtTheSameTimeHaveTheSamePlan() throws Exception {
        send(0, "a");
        List<CompletableFuture<ReplayPlan>> planners = new ArrayList<>();
        for (int index = 0; index < 5; index++) {
            planners.add(CompletableFuture.supplyAsync(() -> plan(request("race", null, null))));
            send(1, "more " + index);
        }
        List<ReplayPlan> plans = planners.stream().map(CompletableFuture::join).toList();
        assertThat(plans).containsOnly(plans.get(0));
        assertThat(positions(plans.get(0))).containsEntry(0, 0L).containsEntry(1, 0L);
    }

    @Test
    void whatWasDeletedMeanwhileIsNotWaitedFor() throws Exception {
        send(0, "a", "b", "c");
        send(1, "d");
        ReplayPlan plan = plan(request("deleted", null, null));
        send(0, "later");
        try (Admin admin = Admin.create(connection.clientSettings())) {
            admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(3)))
                    .all()
                    .get();
        }
        assertThat(run(plan, Pace.unlimited())).isEmpty();
        assertThat(ids(plan)).containsExactly("d");
    }

    @Test
    void completeReplayIsKnownToBeCompleteAfterItsGroupIsForgotten() throws Exception {
        send(0, "a");
        ReplayPlan plan = plan(request("forgotten", null, null));
        try (ReplayProgress progress = new ReplayProgress(connection, plan)) {
            assertThatCode(progress::requirePositions).doesNotThrowAnyException();
            deleteGroup(plan);
            assertThatThrownBy(progress::requirePositions)
                    .hasMessageStartingWith("replay forgotten: its group no longer knows how far it was");
        }
        try (ReplayRemains remains = new ReplayRemains(connection, new ReplayName("forgotten"))) {
            remains.remove();
        }
        ReplayPlan anew = plan(request("forgotten", null, null));
        assertThat(run(anew, Pace.unlimited())).isEmpty();
        deleteGroup(anew);
        assertThat(new ReplayPlanner(connection)
                        .plan(request("forgotten", null, null))
                        .complete())
                .isTrue();
    }

    private static void deleteGroup(ReplayPlan plan) throws Exception {
        try (Admin admin = Admin.create(connection.clientSettings())) {
            admin.deleteConsumerGroups(List.of(new ReplayName(plan.name()).applicationId()))
                    .all()
                    .get();
        }
    }

    @Test
    void resetRemovesWhatCarriesTheNameAndNothingElse() throws Exception {
        send(0, "a", "b", "c", "d");
        make("mine", 1);
        ReplayPlan own = plan(request("first", null, null));
        ReplayPlan others = plan(new ReplayRequest(
                new ReplayName("first-of-others"),
                topic,
                Optional.empty(),
                Optional.empty(),
                "a-to-b.onnx",
                SHA256,
                "",
                Optional.of("mine")));
        assertThat(run(own, Pace.unlimited())).isEmpty();
        assertThat(run(others, Pace.unlimited())).isEmpty();
        try (ReplayRemains remains = new ReplayRemains(connection, new ReplayName("first"))) {
            assertThat(remains.describe())
                    .containsExactly(
                            "group cyclestream-replay-first",
                            "topic " + own.outputTopic(),
                            "topic cyclestream-replay-first-dead-letters",
                            "topic cyclestream-replay-first-plan");
            remains.remove();
        }
        try (ReplayRemains remains = new ReplayRemains(connection, new ReplayName("first"))) {
            assertThat(remains.isEmpty()).isTrue();
        }
        try (ReplayRemains remains = new ReplayRemains(connection, new ReplayName("first-of-others"))) {
            assertThat(remains.keptTopic()).contains("mine");
            assertThat(remains.describe()).hasSize(3).doesNotContain("topic mine");
            remains.remove();
        }
        assertThat(ids(others)).containsExactlyInAnyOrder("a", "b", "c", "d");
        try (Topics topics = new Topics(connection)) {
            topics.require(List.of(topic, "mine"));
        }
    }

    @Test
    void resetRefusesWhileAnInstanceWorks() throws Exception {
        send(0, "a", "b", "c", "d", "e", "f", "g", "h");
        ReplayPlan plan = plan(request("busy", null, null));
        CompletableFuture<Optional<Throwable>> slow = CompletableFuture.supplyAsync(() -> run(plan, Pace.of(0.5)));
        try (ImageCollector collector = collector(plan)) {
            while (!collector.poll(Duration.ofMillis(200), image -> {})) {
                assertThat(slow).isNotDone();
            }
        }
        try (ReplayRemains remains = new ReplayRemains(connection, new ReplayName("busy"))) {
            assertThatThrownBy(remains::requireNoMembers)
                    .hasMessageMatching("replay busy: its group has \\d members: stop its instances first.*");
            assertThatThrownBy(remains::remove).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(slow.join()).isEmpty();
        assertThat(ids(plan)).hasSize(8);
    }

    private ReplayPlan plan(ReplayRequest request) {
        ReplayPlan plan = new ReplayPlanner(connection).plan(request).plan().orElseThrow();
        make(plan.outputTopic(), 2);
        make(new ReplayName(plan.name()).deadLetterTopic(), 1);
        return plan;
    }

    private ReplayRequest request(String name, String from, String to) {
        return new ReplayRequest(
                new ReplayName(name),
                topic,
                Optional.ofNullable(from).map(text -> Edge.parse("--from", text)),
                Optional.ofNullable(to).map(text -> Edge.parse("--to", text)),
                "a-to-b.onnx",
                SHA256,
                "",
                Optional.empty());
    }

    /** Runs an instance to the end; returns what it failed of. */
    private static Optional<Throwable> run(ReplayPlan plan, Pace pace) {
        ReplayName name = new ReplayName(plan.name());
        StreamSettings settings = new StreamSettings(
                name.applicationId(),
                name.deadLetterTopic(),
                2,
                1 << 19,
                new StreamSettings.Tuning(5, 16, Duration.ofSeconds(20), Optional.empty()));
        TranslationApplication.Surroundings surroundings = new TranslationApplication.Surroundings(
                ImageStores.none(),
                DeadLetterListener.NONE,
                Optional.of(new BoundedRun(plan.name(), plan.sourceTopic(), plan.bounds(), pace)));
        try (ImageTranslator translator = new ImageTranslator(
                        DemoCheckpoint.aToB(),
                        new FakeGenerator(),
                        new Parallelism(2, 1),
                        ImageCodec.standard(),
                        TranslationMetrics.NONE);
                ReplayProgress progress = new ReplayProgress(connection, plan);
                ReplayInstance instance = new ReplayInstance(
                        TranslationApplication.of(
                                List.of(new Route(plan.sourceTopic(), plan.outputTopic(), translator)),
                                settings,
                                connection,
                                surroundings),
                        progress)) {
            return instance.run(done -> assertThat(done).isLessThanOrEqualTo(plan.length()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(e);
        }
    }

    private static Map<Integer, Long> positions(ReplayPlan plan) {
        try (ReplayGroup group = new ReplayGroup(connection, new ReplayName(plan.name()))) {
            return group.committed(plan.sourceTopic(), true);
        }
    }

    private static ImageCollector collector(ReplayPlan plan) {
        return new ImageCollector(connection, plan.outputTopic());
    }

    private static List<String> ids(ReplayPlan plan) throws Exception {
        List<String> ids = new ArrayList<>();
        try (ImageCollector collector = collector(plan)) {
            collector.collect(
                    new ImageCollector.End(Long.MAX_VALUE, Duration.ofSeconds(1)), image -> ids.add(image.imageId()));
        }
        return ids;
    }

    private void send(int partition, String... ids) throws Exception {
        try (Producer<byte[], byte[]> producer = producer("")) {
            for (String id : ids) {
                producer.send(record(partition, id)).get();
            }
        }
    }

    private void transaction(Producer<byte[], byte[]> producer, boolean commit, int partition, String... ids)
            throws Exception {
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

    private ProducerRecord<byte[], byte[]> record(int partition, String id) {
        return new ProducerRecord<>(topic, partition, null, event(id));
    }

    private byte[] event(String id) {
        try (Serializer<ImageEvent> serializer =
                connection.serdes().imageEvents().serializer()) {
            return serializer.serialize(topic, TestImages.event(id, TestImages.png(1)));
        }
    }

    private static Producer<byte[], byte[]> producer(String transactionalId) {
        Map<String, Object> settings = new HashMap<>(connection.clientSettings());
        if (!transactionalId.isEmpty()) {
            settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        }
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
