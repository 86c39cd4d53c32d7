package dev.cyclestream.kafka;

import dev.cyclestream.process.TemporaryFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.metadata.storage.Formatter;

/** A real Kafka broker, its own controller, within this process and for this machine only: for demos and tests. */
public final class EmbeddedBroker implements AutoCloseable {

    private static final int NODE_ID = 1;
    private static final String CONTROLLER = "CONTROLLER";

    private final KafkaConfig config;
    private final String bootstrapServers;
    private final Path logs;
    private KafkaRaftServer server;

    private EmbeddedBroker(KafkaConfig config, String bootstrapServers, Path logs) {
        this.config = config;
        this.bootstrapServers = bootstrapServers;
        this.logs = logs;
        this.server = startServer(config);
    }

    private static KafkaRaftServer startServer(KafkaConfig config) {
        KafkaRaftServer started = new KafkaRaftServer(config, Time.SYSTEM);
        started.startup();
        return started;
    }

    /**
     * Starts with an empty folder for temporary files, which goes when the broker is closed; returns when clients can
     * connect.
     *
     * @throws IOException if the folder cannot be written or no port is free
     */
    public static EmbeddedBroker start() throws IOException {
        return start(Map.of());
    }

    /** Starts with further settings, or others. */
    public static EmbeddedBroker start(Map<String, String> overrides) throws IOException {
        Path logs = Files.createTempDirectory(TemporaryFolder.path(), "cyclestream-broker");
        String brokerAddress = "localhost:" + freePort();
        String controllerAddress = "localhost:" + freePort();
        format(logs);
        Map<String, String> settings = settings(logs, brokerAddress, controllerAddress);
        settings.putAll(overrides);
        KafkaConfig config = new KafkaConfig(settings);
        return new EmbeddedBroker(config, brokerAddress, logs);
    }

    private static Map<String, String> settings(Path logs, String brokerAddress, String controllerAddress) {
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("controller.quorum.voters", NODE_ID + "@" + controllerAddress);
        settings.put("controller.listener.names", CONTROLLER);
        settings.put("listeners", "PLAINTEXT://%s,%s://%s".formatted(brokerAddress, CONTROLLER, controllerAddress));
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        settings.put("log.dirs", logs.toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        return settings;
    }

    private static void format(Path logs) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Formatter formatter = new Formatter()
                .setPrintStream(new PrintStream(said, true, StandardCharsets.UTF_8))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(NODE_ID)
                .setControllerListenerName(CONTROLLER)
                .setMetadataLogDirectory(logs.toString())
                .addDirectory(logs.toString());
        try {
            formatter.run();
        } catch (Exception e) { // what run() declares
            throw new IOException("%s: cannot be formatted for a broker: %s".formatted(logs, said), e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no port is free on this machine", e);
        }
    }

    /** The address for clients in this and other processes of the machine. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Stops and starts again, at the same address and with the same data. */
    public void restart() {
        stop();
        startAgain();
    }

    /** Starts after {@link #stop()}, at the same address and with the same data. */
    public void startAgain() {
        server = startServer(config);
    }

    /** Stops; the data stay. */
    public void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    @Override
    public void close() {
        stop();
        try {
            Utils.delete(logs.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(logs + ": cannot be deleted", e);
        }
    }
}
