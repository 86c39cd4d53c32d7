package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.deadletter.DeadLetterCollector;
import dev.cyclestream.event.ImageEvent;
import dev.cyclestream.inference.DemoCheckpoint;
import dev.cyclestream.kafka.EmbeddedBroker;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.topic.ImageCollector;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** One application of several processes whose registry is away for a while, and what must be true meanwhile and afterwards. */
final class RegistryOutage implements AutoCloseable {

    /** How it is away. */
    enum Way {
        RESET(FaultyProxy.Fault.RESET),
        CUT_OFF(FaultyProxy.Fault.CUT_OFF),
        PAGE_404(FaultyProxy.Fault.PAGE_404),
        PAGE_503(FaultyProxy.Fault.PAGE_503),
        HANG(FaultyProxy.Fault.HANG),
        /** Its name is not known; the proxy passes everything on. */
        NO_SUCH_NAME(FaultyProxy.Fault.NONE);

        private final FaultyProxy.Fault fault;

        Way(FaultyProxy.Fault fault) {
            this.fault = fault;
        }
    }

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final String HOST = "registry.test";

    private final Way way;
    private final FaultyProxy proxy;
    private final Path hosts;
    private final Path folder;
    private final KafkaConnection direct;
    private final ImageCollector collector;
    private final DeadLetterCollector deadLetters;
    private final List<String> sent = new ArrayList<>();
    private final List<String> came = new ArrayList<>();
    private final List<String> dead = new ArrayList<>();

    RegistryOutage(Way way, EmbeddedBroker broker, TestRegistry registry, Path parent) throws IOException {
        this.way = way;
        proxy = FaultyProxy.before(registry.url());
        folder = Files.createDirectory(parent.resolve(way.name()));
        hosts = folder.resolve("hosts");
        writeHosts(true);
        direct = new KafkaConnection(broker.bootstrapServers(), registry.url());
        try (Topics topics = new Topics(direct)) {
            topics.createMissing(
                    List.of(topic("in"), topic("out"), topic("dead")), Optional.of(2), 2 * TestKafka.MAX_IMAGE_BYTES);
        }
        collector = new ImageCollector(direct, topic("out"));
        deadLetters = new DeadLetterCollector(direct, topic("dead"));
    }

    private String topic(String name) {
        return name + "-" + way.name();
    }

    /** Returns what happened, in a line. */
    String play(Duration outage) throws Exception {
        sendKnown();
        try (ApplicationProcess stays = start("stays");
                ApplicationProcess leaves = start("leaves")) {
            stays.awaitSaying("running: ", PATIENCE);
            leaves.awaitSaying("running: ", PATIENCE);
            awaitAll();
            begin();
            long start = System.nanoTime();
            try (ApplicationProcess joins = start("joins")) {
                joins.awaitSaying("waits for the schema registry, and joins no group before", PATIENCE);
                assertThat(joins.ask("/livez").statusCode()).isEqualTo(200);
                assertThat(joins.ask("/readyz").statusCode()).isEqualTo(503);
                assertThat(joins.ask("/readyz").body()).contains("waits for the schema registry");
                sendKnown();
                assertThat(leaves.terminate(PATIENCE)).as(leaves::said).isZero();
                sendKnown();
                awaitAll(); // although the registry is away
                int known = sent.size();
                sendOfANewerWriter();
                awaitRed(stays);
                while (System.nanoTime() - start < outage.toNanos()) {
                    sendKnown();
                    poll();
                    Thread.sleep(2000);
                    assertThat(stays.isAlive()).as(stays::said).isTrue();
                    assertThat(joins.isAlive()).as(joins::said).isTrue();
                }
                int meanwhile = came.size() - known;
                end();
                joins.awaitSaying("running: ", PATIENCE);
                awaitAll();
                assertThat(came).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(sent);
                assertThat(dead).isEmpty();
                assertThat(stays.terminate(PATIENCE)).as(stays::said).isZero();
                assertThat(joins.terminate(PATIENCE)).as(joins::said).isZero();
                assertThat(stays.said()).doesNotContain("\tat "); // a line for each try, no trace
                return "%s for %s: %d sent, nothing is lost, no dead letters; %d came while one waited; %d faults; %d lines of log"
                        .formatted(
                                way,
                                outage,
                                sent.size(),
                                meanwhile,
                                proxy.faults(),
                                stays.said().lines().count());
            }
        }
    }

    private ApplicationProcess start(String name) throws IOException {
        String port = URI.create(proxy.url()).getPort() + "";
        return ApplicationProcess.start(
                folder.resolve(name + ".log"),
                List.of(
                        "-Xmx300m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Djdk.net.hosts.file=" + hosts,
                        "-Dsun.net.inetaddr.ttl=1",
                        "-Dsun.net.inetaddr.negative.ttl=1"),
                RunArguments.of(
                        direct,
                        "http://%s:%s".formatted(HOST, port),
                        DemoCheckpoint.file("a-to-b.onnx"),
                        "--application-id",
                        way.name(),
                        "--images-a",
                        topic("in"),
                        "--translated-b",
                        topic("out"),
                        "--dead-letters",
                        topic("dead"),
                        "--threads",
                        "2",
                        "--http-port",
                        "0"));
    }

    private void begin() throws IOException {
        proxy.set(way.fault);
        writeHosts(way != Way.NO_SUCH_NAME);
    }

    private void end() throws IOException {
        proxy.set(FaultyProxy.Fault.NONE);
        writeHosts(true);
    }

    private void writeHosts(boolean withRegistry) throws IOException {
        Path aside = folder.resolve("hosts.next");
        Files.writeString(aside, "127.0.0.1 localhost\n" + (withRegistry ? "127.0.0.1 " + HOST + "\n" : ""));
        Files.move(aside, hosts, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void sendKnown() throws Exception {
        for (int partition = 0; partition < 2; partition++) {
            String id = "known-" + sent.size();
            try (var serde = direct.serdes().imageEvents()) {
                ImageEvent event = TestImages.event(id, TestImages.png(1));
                send(partition, id, serde.serializer().serialize(topic("in"), event));
            }
        }
    }

    private void sendOfANewerWriter() throws Exception {
        GenericRecord event = RegistryIT.genericEvent(
                RegistryIT.withCamera("{\"name\":\"camera\",\"type\":\"string\",\"default\":\"unknown\"}"));
        event.put("camera", "front");
        try (KafkaAvroSerializer serializer = new KafkaAvroSerializer()) {
            serializer.configure(Map.of("schema.registry.url", direct.schemaRegistry()), false);
            send(0, "cat", serializer.serialize(topic("in"), event));
        }
    }

    private void send(int partition, String id, byte[] value) throws Exception {
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(direct.clientSettings(), new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] key = id.getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(topic("in"), partition, key, value))
                    .get();
        }
        sent.add(id);
    }

    private void awaitAll() throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (came.size() < sent.size()) {
            poll();
            assertThat(System.nanoTime())
                    .as("%s: sent %s, came %s", way, sent, came)
                    .isLessThan(end);
        }
        poll();
    }

    private void poll() throws IOException {
        collector.poll(POLL, image -> came.add(image.imageId()));
        deadLetters.poll(Duration.ofMillis(20), letter -> dead.add(letter.message()));
        assertThat(dead).as(way.name()).isEmpty();
    }

    private void awaitRed(ApplicationProcess process) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!process.ask("/readyz").body().contains("waits for the schema registry")) {
            assertThat(System.nanoTime()).as(process::said).isLessThan(end);
            Thread.sleep(500);
        }
        assertThat(process.ask("/livez").statusCode()).isEqualTo(200);
        assertThat(process.ask("/metrics").body())
                .contains("cyclestream_registry_away 1.0")
                .doesNotContain("cyclestream_registry_failures_total 0.0");
    }

    @Override
    public void close() throws IOException {
        collector.close();
        deadLetters.close();
        proxy.close();
    }
}
