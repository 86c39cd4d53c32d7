package dev.cyclestream.container;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import dev.cyclestream.kafka.KafkaConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.output.ToStringConsumer;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * A broker and a registry in containers, and translators beside them. Uses a network of its own, or, where the engine can make
 * none or {@code -Dcyclestream.container.network=host} says so, the host's.
 */
final class ContainerLan implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String CHECKPOINT = "/opt/cyclestream/resources/checkpoints/a-to-b.onnx";
    private static final String ANY_USER = "54321:54321";

    private final boolean host = usesHostNetwork();
    private final Network network = host ? null : Network.newNetwork();
    private final int brokerPort = freePort();
    private final int innerPort = freePort();
    private final int registryPort = freePort();
    private final GenericContainer<?> broker = broker();
    private final GenericContainer<?> registry = registry();
    private final List<TranslatorContainer> translators = new ArrayList<>();

    static ContainerLan start() {
        ContainerLan lan = new ContainerLan();
        launch(lan.broker);
        launch(lan.registry);
        return lan;
    }

    private static void launch(GenericContainer<?> container) {
        ToStringConsumer said = new ToStringConsumer(); // the container is gone when it has failed
        try {
            container.withLogConsumer(said).start();
        } catch (ContainerLaunchException e) {
            throw new IllegalStateException(
                    "%s did not get ready; it said: %s".formatted(container.getDockerImageName(), said.toUtf8String()),
                    e);
        }
    }

    private static boolean usesHostNetwork() {
        String wish = System.getProperty("cyclestream.container.network", "auto");
        return wish.equals("host")
                || (wish.equals("auto")
                        && DockerClientFactory.instance().client().listNetworksCmd().exec().stream()
                                .noneMatch(each -> each.getName().equals("bridge")));
    }

    private GenericContainer<?> broker() {
        String bindTo = host ? "localhost" : "";
        int controllerPort = freePort();
        return place("broker", new GenericContainer<>(ContainerImages.KAFKA), brokerPort)
                .withEnv(Map.ofEntries(
                        Map.entry("CLUSTER_ID", "4L6g3nShT-eMCtK--X86sw"),
                        Map.entry("KAFKA_NODE_ID", "1"),
                        Map.entry("KAFKA_PROCESS_ROLES", "broker,controller"),
                        Map.entry("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:" + controllerPort),
                        Map.entry("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER"),
                        Map.entry("KAFKA_INTER_BROKER_LISTENER_NAME", "LAN"),
                        Map.entry(
                                "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
                                "HOST:PLAINTEXT,LAN:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                        Map.entry(
                                "KAFKA_LISTENERS",
                                "HOST://%s:%d,LAN://%s:%d,CONTROLLER://localhost:%d"
                                        .formatted(bindTo, brokerPort, bindTo, innerPort, controllerPort)),
                        Map.entry(
                                "KAFKA_ADVERTISED_LISTENERS",
                                "HOST://localhost:%d,LAN://%s".formatted(brokerPort, innerBroker())),
                        Map.entry("KAFKA_LOG_DIRS", "/var/lib/kafka/data"),
                        Map.entry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false"),
                        Map.entry("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1"),
                        Map.entry("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1"),
                        Map.entry("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1")))
                .waitingFor(Wait.forLogMessage(".*Kafka Server started.*", 1).withStartupTimeout(PATIENCE));
    }

    /** Keeps its schemas in the broker, so that it can be restarted. */
    private GenericContainer<?> registry() {
        return place("registry", new GenericContainer<>(ContainerImages.REGISTRY), registryPort)
                .withEnv(Map.of(
                        "QUARKUS_HTTP_PORT", Integer.toString(registryPort),
                        "QUARKUS_MANAGEMENT_PORT", Integer.toString(freePort()),
                        "APICURIO_STORAGE_KIND", "kafkasql",
                        "APICURIO_KAFKASQL_BOOTSTRAP_SERVERS", innerBroker()))
                .waitingFor(Wait.forLogMessage(".*Installed features.*", 1).withStartupTimeout(PATIENCE));
    }

    /** In the network under a name, and reachable from this machine on the same port. */
    private GenericContainer<?> place(String name, GenericContainer<?> container, int port) {
        if (host) {
            return container.withNetworkMode("host");
        }
        return container
                .withNetwork(network)
                .withNetworkAliases(name)
                .withCreateContainerCmdModifier(command -> command.withExposedPorts(ExposedPort.tcp(port))
                        .getHostConfig()
                        .withPortBindings(
                                new PortBinding(Binding.bindIpAndPort("127.0.0.1", port), ExposedPort.tcp(port))));
    }

    /**
     * A translator as a careful team runs it: any user, nothing writable but {@code /tmp}, no capabilities, no way to more rights.
     */
    TranslatorContainer translator(String image, Map<String, String> options) {
        int port = freePort();
        GenericContainer<?> container = new GenericContainer<>(image)
                .withEnv(Map.of(
                        "CYCLESTREAM_BOOTSTRAP_SERVERS",
                        innerBroker(),
                        "CYCLESTREAM_SCHEMA_REGISTRY",
                        registryUrl(host ? "localhost" : "registry"),
                        "CYCLESTREAM_A_TO_B",
                        CHECKPOINT,
                        "CYCLESTREAM_CREATE_TOPICS",
                        "false",
                        "CYCLESTREAM_MAX_SIDE",
                        "256",
                        "CYCLESTREAM_THREADS",
                        "2",
                        "CYCLESTREAM_HTTP_PORT",
                        Integer.toString(port)))
                .withEnv(options)
                .withTmpFs(Map.of("/tmp", "rw,noexec,size=16m"))
                .withCreateContainerCmdModifier(command -> {
                    HostConfig limits = command.withUser(ANY_USER).getHostConfig();
                    limits.withReadonlyRootfs(true)
                            .withCapDrop(Capability.ALL)
                            .withSecurityOpts(List.of("no-new-privileges"))
                            .withMemory(1L << 30);
                });
        container = host ? container.withNetworkMode("host") : container.withNetwork(network);
        TranslatorContainer translator = new TranslatorContainer(container);
        translators.add(translator);
        return translator;
    }

    /** As this machine sees it. */
    KafkaConnection connection() {
        return new KafkaConnection("localhost:" + brokerPort, registryUrl("localhost"));
    }

    private String innerBroker() {
        return (host ? "localhost:" : "broker:") + innerPort;
    }

    private String registryUrl(String name) {
        return "http://%s:%d/apis/ccompat/v7".formatted(name, registryPort);
    }

    void restartBroker() {
        broker.getDockerClient().restartContainerCmd(broker.getContainerId()).exec();
    }

    /** Stops the registry, waits, starts it again and waits until it answers. */
    void withoutRegistry(Duration absence) throws InterruptedException {
        registry.getDockerClient().stopContainerCmd(registry.getContainerId()).exec();
        Thread.sleep(absence.toMillis());
        registry.getDockerClient().startContainerCmd(registry.getContainerId()).exec();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
    }

    @Override
    public void close() {
        translators.forEach(TranslatorContainer::close);
        registry.stop();
        broker.stop();
        if (network != null) {
            network.close();
        }
    }
}
