package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.cyclestream.deadletter.DeadLetterCollector;
import dev.cyclestream.deadletter.DeadLetterCollector.CollectedDeadLetter;
import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.inference.TestTranslator;
import dev.cyclestream.kafka.EmbeddedBroker;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.topic.ImageCollector;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The application against a real broker and a real registry that is away at the start or in the middle. */
@Timeout(300)
class RegistryOutageIT {

    private static final StreamSettings SETTINGS = new StreamSettings(
            "outage", TestKafka.DEAD_LETTERS, 2, TestKafka.MAX_IMAGE_BYTES, StreamSettings.Tuning.DEFAULT);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration AWAY = Duration.ofSeconds(6);

    @TempDir
    private Path folder;

    private RegistryProcess registry;
    private EmbeddedBroker broker;
    private KafkaConnection connection;
    private Serializer<ImageEvent> events;

    @BeforeEach
    void start() throws Exception {
        registry = RegistryProcess.started(folder);
        broker = EmbeddedBroker.start();
        connection = new KafkaConnection(broker.bootstrapServers(), registry.url());
        events = connection.serdes().imageEvents().serializer();
        try (Topics topics = new Topics(connection)) {
            topics.createMissing(
                    List.of(TestKafka.INPUT, TestKafka.OUTPUT, TestKafka.DEAD_LETTERS),
                    Optional.of(2),
                    2 * TestKafka.MAX_IMAGE_BYTES);
        }
    }

    @AfterEach
    void stop() {
        broker.close();
        registry.close();
    }

    @Test
    void registryThatIsAwayAtTheStartIsWaitedFor() throws Exception {
        send(event("early"));
        registry.stop();
        try (ImageTranslator translator = translator();
                TranslationApplication application = application(translator);
                ImageCollector collector = new ImageCollector(connection, TestKafka.OUTPUT)) {
            application.start();
            assertNothingComesAndNothingEnds(application, collector);
            registry.start();
            assertThat(await(collector, 1)).containsExactly("early");
        }
    }

    @Test
    void registryThatGoesAwayInTheMiddleIsWaitedFor() throws Exception {
        try (ImageTranslator translator = translator();
                TranslationApplication application = application(translator);
                ImageCollector collector = new ImageCollector(connection, TestKafka.OUTPUT)) {
            application.start();
            send(event("before"));
            assertThat(await(collector, 1)).containsExactly("before");
            byte[] unseen = eventOfANewerWriter();
            registry.stop();
            send(event("known")); // its schema is known, so nobody has to be asked
            assertThat(await(collector, 1)).containsExactly("known");
            send(unseen);
            assertNothingComesAndNothingEnds(application, collector);
            registry.start();
            assertThat(await(collector, 1)).containsExactly("cat");
        }
    }

    @Test
    void unknownIdBecomesADeadLetterAndTheStreamGoesOn() throws Exception {
        byte[] unknown = ByteBuffer.allocate(40).put((byte) 0).putInt(999_999).array();
        send(unknown);
        send(event("after"));
        try (ImageTranslator translator = translator();
                TranslationApplication application = application(translator);
                ImageCollector collector = new ImageCollector(connection, TestKafka.OUTPUT);
                DeadLetterCollector deadLetters = new DeadLetterCollector(connection, TestKafka.DEAD_LETTERS)) {
            application.start();
            assertThat(await(collector, 1)).containsExactly("after");
            List<CollectedDeadLetter> letters = new ArrayList<>();
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (letters.isEmpty() && System.nanoTime() < end) {
                deadLetters.poll(POLL, letters::add);
            }
            assertThat(letters).extracting(CollectedDeadLetter::reason).containsExactly("UNREADABLE_EVENT");
            assertThat(letters.get(0).message()).contains("999999");
        }
    }

    @Test
    void commandWaitsForARegistryThatIsAwayAtTheStart() throws Exception {
        registry.stop();
        try (ApplicationProcess waits = run("waits.log");
                ApplicationProcess told = run("told.log");
                ApplicationProcess checks = run("checks.log", "--dry-run");
                ApplicationProcess bounded = run("bounded.log", "--registry-wait", "PT2S")) {
            assertThat(checks.exitCode(PATIENCE)).isEqualTo(1);
            assertThat(checks.said()).contains("cyclestream: no schema registry answers at " + registry.url());
            assertThat(bounded.exitCode(PATIENCE)).isEqualTo(1);
            assertThat(bounded.said()).contains("cyclestream: no schema registry answers at " + registry.url());
            told.awaitSaying("waits for the schema registry", PATIENCE);
            assertThat(told.terminate(PATIENCE)).as(told::said).isZero();
            waits.awaitSaying("waits for the schema registry", PATIENCE);
            registry.start();
            waits.awaitSaying("running: ", PATIENCE);
            assertThat(waits.terminate(PATIENCE)).isZero();
        }
    }

    @Test
    void addressOfARegistryWithoutThePathOfItsApiIsRefused() throws Exception {
        String address = registry.url().replaceFirst("/apis.*", "");
        try (ApplicationProcess refused = runWith(address, "refused.log");
                ApplicationProcess checked = runWith(address, "checked.log", "--dry-run")) {
            for (ApplicationProcess process : List.of(refused, checked)) {
                assertThat(process.exitCode(PATIENCE)).as(process.said()).isEqualTo(2);
                assertThat(process.said())
                        .contains(
                                "--schema-registry: what answers there is no schema registry, but one answers at %s: set that"
                                        .formatted(registry.url()))
                        .doesNotContain("null");
            }
        }
    }

    @Test
    void addressOfSomethingElseIsSaid() throws Exception {
        HttpServer page = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        page.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("<html>welcome</html>".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        page.start();
        String address = "http://localhost:" + page.getAddress().getPort();
        try (ApplicationProcess waits = runWith(connection.schemaRegistry(), "one.log", "--http-port", "0")) {
            waits.awaitSaying("operations: http:", PATIENCE);
            Matcher operations =
                    Pattern.compile("operations: http:/\\S*:(\\d+)/").matcher(waits.said());
            assertThat(operations.find()).isTrue();
            for (String other : List.of(address, "http://localhost:" + operations.group(1))) {
                try (ApplicationProcess checked = runWith(other, "checked.log", "--dry-run")) {
                    assertThat(checked.exitCode(PATIENCE)).as(checked.said()).isEqualTo(1);
                    assertThat(checked.said())
                            .contains("cyclestream: no schema registry answers at " + other + ": found ")
                            .contains("what answers there is no schema registry: another server, a proxy")
                            .doesNotContain("null;");
                }
            }
            try (ApplicationProcess told = runWith(address, "told.log")) {
                told.awaitSaying("what answers there is no schema registry: another server, a proxy", PATIENCE);
                assertThat(told.terminate(PATIENCE)).as(told.said()).isZero();
            }
        } finally {
            page.stop(0);
        }
    }

    private ApplicationProcess run(String log, String... more) throws IOException {
        return runWith(connection.schemaRegistry(), log, more);
    }

    private ApplicationProcess runWith(String schemaRegistry, String log, String... more) throws IOException {
        return ApplicationProcess.start(
                folder.resolve(log),
                RunArguments.of(connection, schemaRegistry, DemoCheckpoint.file("a-to-b.onnx"), more));
    }

    private static void assertNothingComesAndNothingEnds(TranslationApplication application, ImageCollector collector)
            throws Exception {
        List<String> ids = new ArrayList<>();
        long end = System.nanoTime() + AWAY.toNanos();
        while (System.nanoTime() < end) {
            collector.poll(POLL, image -> ids.add(image.imageId()));
        }
        assertThat(ids).isEmpty();
        assertThat(application.hasEnded(Duration.ZERO)).isFalse();
        assertThat(application.isAlive()).isTrue();
    }

    private static List<String> await(ImageCollector collector, int count) throws IOException {
        List<String> ids = new ArrayList<>();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (ids.size() < count && System.nanoTime() < end) {
            collector.poll(POLL, image -> ids.add(image.imageId()));
        }
        return ids;
    }

    private byte[] event(String id) {
        return events.serialize(TestKafka.INPUT, TestImages.event(id, TestImages.png(1)));
    }

    private byte[] eventOfANewerWriter() {
        GenericRecord event = RegistryIT.genericEvent(
                RegistryIT.withCamera("{\"name\":\"camera\",\"type\":\"string\",\"default\":\"unknown\"}"));
        event.put("camera", "front");
        try (KafkaAvroSerializer serializer = new KafkaAvroSerializer()) {
            serializer.configure(Map.of("schema.registry.url", registry.url()), false);
            return serializer.serialize(TestKafka.INPUT, event);
        }
    }

    private void send(byte[] value) throws Exception {
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                connection.clientSettings(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(TestKafka.INPUT, value)).get();
        }
    }

    private TranslationApplication application(ImageTranslator translator) {
        return TranslationApplication.of(
                List.of(new Route(TestKafka.INPUT, TestKafka.OUTPUT, translator)), SETTINGS, connection);
    }

    private static ImageTranslator translator() {
        return TestTranslator.quick();
    }
}
