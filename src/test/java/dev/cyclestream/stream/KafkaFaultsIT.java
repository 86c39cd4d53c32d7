package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.deadletter.DeadLetter;
import dev.cyclestream.image.ImageEncoder;
import dev.cyclestream.image.ImageLimits;
import dev.cyclestream.image.SizePolicy;
import dev.cyclestream.image.format.ImageDecoder;
import dev.cyclestream.inference.Batcher.Parallelism;
import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.inference.FakeGenerator;
import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.inference.ImageTranslator.ImageCodec;
import dev.cyclestream.inference.TranslationMetrics;
import dev.cyclestream.kafka.CommittedReader;
import dev.cyclestream.kafka.EmbeddedBroker;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TestKafka;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/**
 * Single records that once stopped every instance for ever, each with the topic settings that it takes: the record becomes what
 * it must, and the good one behind it comes out.
 */
@Timeout(180)
class KafkaFaultsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Of the topics that {@code docker/compose.yaml} makes. */
    private static final int COMPOSE_BYTES = (16 << 20) + StreamSettings.OVERHEAD;

    private static final int TEN_MEGABYTES = 10_000_000;
    private static final byte[] KEY = text("odd");
    private static final byte[] NEXT = text("next");

    private static EmbeddedBroker broker;
    private static TestRegistry registry;
    private static KafkaConnection connection;
    private static OddEvents events;

    private String name;
    private int maxImageBytes = TestKafka.MAX_IMAGE_BYTES;
    private List<ConsumerRecord<byte[], byte[]>> results;
    private List<ConsumerRecord<byte[], byte[]>> letters;

    @BeforeAll
    static void start() throws IOException {
        broker = EmbeddedBroker.start();
        registry = TestRegistry.start();
        connection = new KafkaConnection(broker.bootstrapServers(), registry.url());
        events = new OddEvents(connection, registry);
    }

    @AfterAll
    static void stop() {
        registry.close();
        broker.close();
    }

    @BeforeEach
    void name(TestInfo info) {
        name = info.getTestMethod().orElseThrow().getName();
    }

    @Test
    void keyThatIsLargerThanTheOutputTopicTakesBecomesADeadLetter() throws Exception {
        makeTopics(COMPOSE_BYTES, Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "250000"));
        byte[] key = new byte[300_000];
        Arrays.fill(key, (byte) 'k');
        translate("none", new ProducerRecord<>(input(), key, events.of(TestImages.png(1))));
        assertDeadLetter("RESULT_TOO_LARGE", key);
    }

    @Test
    void recordWithoutAKeyBecomesADeadLetterWhereTheOutputTopicIsCompacted() throws Exception {
        makeTopics(
                COMPOSE_BYTES,
                Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT + ",delete"));
        translate("none", new ProducerRecord<>(input(), null, events.of(TestImages.png(1))));
        assertDeadLetter("NO_KEY", null);
    }

    @Test
    void jpegWhoseProfileClaimsTwoGibibytesIsTranslated() throws Exception {
        makeTopics(COMPOSE_BYTES, Map.of());
        try (InputStream poison = KafkaFaultsIT.class.getResourceAsStream("/faults/jpeg-icc-claims-2gib/poison.jpg")) {
            translate("none", new ProducerRecord<>(input(), KEY, events.of(poison.readAllBytes())));
        }
        assertThat(results).extracting(ConsumerRecord::key).containsExactly(KEY, NEXT);
        assertThat(letters).isEmpty();
    }

    @Test
    void eventsOfSchemasThatJavaRefusesBecomeDeadLetters() throws Exception {
        makeTopics(COMPOSE_BYTES, Map.of());
        List<ProducerRecord<byte[], byte[]>> odd = new ArrayList<>();
        for (int schema = 0; schema < events.unreadableSchemas(); schema++) {
            odd.add(new ProducerRecord<>(input(), text("schema " + schema), events.ofUnreadableSchema(schema)));
        }
        translate("none", odd);
        assertThat(letters)
                .hasSize(events.unreadableSchemas())
                .allSatisfy(letter ->
                        assertThat(header(letter, DeadLetter.REASON_HEADER)).isEqualTo("UNREADABLE_EVENT"));
        assertThat(results).extracting(ConsumerRecord::key).containsExactly(NEXT);
    }

    @Test
    void eventThatIsNestedWithoutEndBecomesADeadLetter() throws Exception {
        makeTopics(COMPOSE_BYTES, Map.of());
        translate("none", new ProducerRecord<>(input(), KEY, events.ofDeepWriter()));
        assertDeadLetter("UNREADABLE_EVENT", KEY);
    }

    @Test
    void imageOfTenMegabytesBecomesAWholeDeadLetterWhereFewerAreAllowed() throws Exception {
        makeTopics(COMPOSE_BYTES, Map.of());
        maxImageBytes = 8 << 20; // the default
        byte[] event = events.of(OddImageBytes.padded(TEN_MEGABYTES, false));
        translate("none", new ProducerRecord<>(input(), KEY, event));
        assertDeadLetter("IMAGE_TOO_LARGE", KEY);
        assertThat(letters.get(0).value()).isEqualTo(event);
        assertThat(header(letters.get(0), DeadLetter.CUT_HEADER)).isEqualTo("NOTHING");
    }

    @Test
    void imageOfTenMegabytesIsTranslatedWhereItIsAllowed() throws Exception {
        makeTopics(COMPOSE_BYTES, Map.of());
        maxImageBytes = 16 << 20;
        byte[] event = events.of(OddImageBytes.padded(TEN_MEGABYTES, false));
        translate("none", new ProducerRecord<>(input(), KEY, event));
        assertThat(results).extracting(ConsumerRecord::key).containsExactly(KEY, NEXT);
        assertThat(letters).isEmpty();
    }

    @Test
    void eventThatCompressesWellAndIsTooLargeAsADeadLetterIsCut() throws Exception {
        makeTopics(StreamSettings.maxRecordBytes(maxImageBytes), Map.of());
        byte[] event = events.of(OddImageBytes.padded(TEN_MEGABYTES, true));
        translate("gzip", new ProducerRecord<>(input(), KEY, event));
        assertDeadLetter("IMAGE_TOO_LARGE", KEY);
        ConsumerRecord<byte[], byte[]> letter = letters.get(0);
        assertThat(letter.value()).isNull();
        assertThat(header(letter, DeadLetter.CUT_HEADER)).isEqualTo("VALUE");
        assertThat(header(letter, "cyclestream.value.size")).isEqualTo(Integer.toString(event.length));
        assertThat(header(letter, "cyclestream.value.sha256")).isEqualTo(DigestUtils.sha256Hex(event));
    }

    private void assertDeadLetter(String reason, byte[] key) {
        assertThat(letters)
                .extracting(letter -> header(letter, DeadLetter.REASON_HEADER))
                .containsExactly(reason);
        assertThat(letters.get(0).key()).isEqualTo(key);
        assertThat(results).extracting(ConsumerRecord::key).containsExactly(NEXT);
    }

    private void makeTopics(int bytes, Map<String, String> output) throws Exception {
        Map<String, String> large = Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes));
        Map<String, String> ofOutput = new HashMap<>(large);
        ofOutput.putAll(output);
        try (Admin admin = Admin.create(connection.clientSettings())) {
            admin.createTopics(List.of(topic(input(), large), topic(output(), ofOutput), topic(deadLetters(), large)))
                    .all()
                    .get();
        }
    }

    private static NewTopic topic(String name, Map<String, String> settings) {
        return new NewTopic(name, Optional.of(1), Optional.empty()).configs(settings);
    }

    private void translate(String compression, ProducerRecord<byte[], byte[]> odd) throws Exception {
        translate(compression, List.of(odd));
    }

    /** Sends the odd ones and a good one behind them, and waits for what becomes of them. */
    private void translate(String compression, List<ProducerRecord<byte[], byte[]>> odd) throws Exception {
        Map<String, Object> settings = new HashMap<>(connection.clientSettings());
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, COMPOSE_BYTES);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression);
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (ProducerRecord<byte[], byte[]> record : odd) {
                producer.send(record).get();
            }
            producer.send(new ProducerRecord<>(input(), NEXT, events.of(TestImages.png(1))))
                    .get();
        }
        try (ImageTranslator translator = translator();
                TranslationApplication application = application(translator)) {
            application.start();
            await(odd.size() + 1);
            assertThat(application.hasEnded(Duration.ZERO)).isFalse();
        }
    }

    private void await(int count) {
        results = new ArrayList<>();
        letters = new ArrayList<>();
        try (CommittedReader ofResults = new CommittedReader(connection, output());
                CommittedReader ofLetters = new CommittedReader(connection, deadLetters())) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (results.size() + letters.size() < count && System.nanoTime() < end) {
                ofResults.poll(Duration.ofMillis(50)).forEach(results::add);
                ofLetters.poll(Duration.ofMillis(50)).forEach(letters::add);
            }
        }
    }

    private TranslationApplication application(ImageTranslator translator) {
        StreamSettings settings =
                new StreamSettings(name, deadLetters(), 1, maxImageBytes, StreamSettings.Tuning.DEFAULT);
        return TranslationApplication.of(List.of(new Route(input(), output(), translator)), settings, connection);
    }

    private ImageTranslator translator() {
        ImageLimits limits =
                new ImageLimits(maxImageBytes, ImageLimits.DEFAULT.maxPixels(), ImageLimits.DEFAULT.maxDecodingTime());
        ImageCodec codec = new ImageCodec(
                new ImageDecoder(limits), new SizePolicy.Native(SizePolicy.DEFAULT_MAX_SIDE), new ImageEncoder(1));
        return new ImageTranslator(
                DemoCheckpoint.aToB(), new FakeGenerator(), new Parallelism(1, 1), codec, TranslationMetrics.NONE);
    }

    private String input() {
        return name + "-in";
    }

    private String output() {
        return name + "-out";
    }

    private String deadLetters() {
        return name + "-dead";
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String header) {
        return new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
