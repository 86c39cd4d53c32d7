package dev.cyclestream.kafka;

import dev.cyclestream.event.EventSerdes;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.utils.Utils;

/**
 * The addresses of the brokers and of the schema registry, with the properties of all clients.
 *
 * @param bootstrapServers {@code host:port}, several with commas between
 * @param schemaRegistry URL of a registry that speaks Confluent's API
 * @param properties to be let in with
 */
public record KafkaConnection(String bootstrapServers, String schemaRegistry, ClientProperties properties) {

    private static final int HIGHEST_PORT = 65535;

    public KafkaConnection {
        addresses(bootstrapServers);
        if (!schemaRegistry.matches("(https?|mock)://.+")) {
            throw new IllegalArgumentException(
                    "schema registry: expected a URL such as http://host:8081, found " + masked(schemaRegistry));
        }
    }

    /** A connection without passwords. */
    public KafkaConnection(String bootstrapServers, String schemaRegistry) {
        this(bootstrapServers, schemaRegistry, ClientProperties.none());
    }

    /** The place that it goes to, without secrets, for the log. */
    public String describe() {
        return "brokers %s, registry %s".formatted(bootstrapServers, masked(schemaRegistry));
    }

    private static String masked(String url) {
        return url.replaceAll("//[^/@]*@", "//****@");
    }

    /** The brokers' addresses, not looked up. */
    List<InetSocketAddress> addresses() {
        return addresses(bootstrapServers);
    }

    private static List<InetSocketAddress> addresses(String bootstrapServers) {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (String address : bootstrapServers.split(",", -1)) {
            String host = Utils.getHost(address.strip());
            Integer port = Utils.getPort(address.strip());
            if (host == null || port == null || port > HIGHEST_PORT) {
                throw new IllegalArgumentException(
                        "bootstrap servers: expected HOST:PORT, found \"%s\"".formatted(address));
            }
            addresses.add(InetSocketAddress.createUnresolved(host, port));
        }
        return addresses;
    }

    /** Serdes that use this registry, and wait for it as long as a command may. */
    public EventSerdes serdes() {
        return new EventSerdes(schemaRegistry, properties.registry());
    }

    /** Serdes that use this registry, and wait for it no longer than this. */
    public EventSerdes serdes(Duration patience) {
        return new EventSerdes(schemaRegistry, properties.registry(), patience);
    }

    /** True if the registry is said to be where brokers are. */
    public boolean isRegistryAtBrokers() {
        String address =
                schemaRegistry.replaceFirst("^[a-z]+://(?:[^/@]*@)?", "").replaceFirst("/.*", "");
        return List.of(bootstrapServers.replaceAll("\\s", "").split(",")).contains(address);
    }

    /** The settings that every Kafka client needs. */
    public Map<String, Object> clientSettings() {
        Map<String, Object> settings = new HashMap<>(properties.kafka());
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return settings;
    }
}
