package dev.cyclestream.cli;

import dev.cyclestream.stream.ClientProperties;
import dev.cyclestream.stream.KafkaConnection;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Where Kafka is, and how to be let in; of every command that talks to it. */
final class KafkaOptions {

    /** {@code CYCLESTREAM_KAFKA_SASL_JAAS_CONFIG} is {@code sasl.jaas.config}. */
    private static final String VARIABLES = "CYCLESTREAM_KAFKA_";

    @Option(names = "--bootstrap-servers", required = true, paramLabel = "HOST:PORT", description = "Kafka brokers.")
    private String bootstrapServers;

    @Option(names = "--schema-registry", required = true, paramLabel = "URL", description = "Schema registry.")
    private String schemaRegistry;

    @Option(
            names = "--client-config",
            paramLabel = "FILE",
            description =
                    "Properties for TLS, SASL and the like: security.protocol, sasl.*, ssl.*; those of the registry behind schema.registry.")
    private Optional<Path> clientConfig;

    @Option(
            names = "--client-property",
            paramLabel = "NAME=VALUE",
            description =
                    "One of them; better kept in a file, or an environment variable such as CYCLESTREAM_KAFKA_SASL_JAAS_CONFIG.")
    private Map<String, String> clientProperties = Map.of();

    KafkaConnection connection() {
        return new KafkaConnection(bootstrapServers, schemaRegistry, ClientProperties.of(properties(System.getenv())));
    }

    /** File, environment, flag; the later wins. */
    private Map<String, String> properties(Map<String, String> environment) {
        Map<String, String> all = new TreeMap<>();
        clientConfig.ifPresent(file -> all.putAll(read(file)));
        environment.forEach((name, value) -> {
            if (name.startsWith(VARIABLES)) {
                String property = name.substring(VARIABLES.length());
                all.put(property.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        all.putAll(clientProperties);
        return all;
    }

    private static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("--client-config: expected a file, found none at " + file);
        }
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read", e);
        }
        Map<String, String> read = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> read.put(name, properties.getProperty(name)));
        return read;
    }
}
