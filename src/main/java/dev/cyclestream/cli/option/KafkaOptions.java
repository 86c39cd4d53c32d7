package dev.cyclestream.cli.option;

import dev.cyclestream.cli.value.BootstrapServers;
import dev.cyclestream.cli.value.ClientProperty;
import dev.cyclestream.cli.value.RegistryUrl;
import dev.cyclestream.kafka.ClientProperties;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.ops.RepeatedWarnings;
import dev.cyclestream.option.InputFile;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Options for the address of Kafka and for access to it; of every command that talks to it. */
public final class KafkaOptions {

    /** {@code CYCLESTREAM_KAFKA_SASL_JAAS_CONFIG} is {@code sasl.jaas.config}. */
    private static final String VARIABLES = "CYCLESTREAM_KAFKA_";

    @Option(names = "--bootstrap-servers", required = true, paramLabel = "HOST:PORT", description = "Kafka brokers.")
    private BootstrapServers bootstrapServers;

    @Option(names = "--schema-registry", required = true, paramLabel = "URL", description = "Schema registry.")
    private RegistryUrl schemaRegistry;

    @Option(
            names = "--client-config",
            paramLabel = "FILE",
            description =
                    "Properties for TLS, SASL and the like: security.protocol, sasl.*, ssl.*; those of the registry behind schema.registry.")
    private Optional<InputFile> clientConfig;

    @Option(
            names = "--client-property",
            paramLabel = "NAME=VALUE",
            description =
                    "One of them; better kept in a file, or an environment variable such as CYCLESTREAM_KAFKA_SASL_JAAS_CONFIG.")
    private List<ClientProperty> clientProperties = List.of();

    public KafkaConnection connection() {
        RepeatedWarnings.keepBack();
        return new KafkaConnection(
                bootstrapServers.value(), schemaRegistry.value(), ClientProperties.of(properties(System.getenv())));
    }

    /** File, environment, flag; the later wins. */
    private Map<String, String> properties(Map<String, String> environment) {
        Map<String, String> all = new TreeMap<>();
        clientConfig.ifPresent(file -> all.putAll(known("--client-config " + file, read(file.path()))));
        environment.forEach((name, value) -> {
            if (name.startsWith(VARIABLES)) {
                String property = name.substring(VARIABLES.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '.');
                all.putAll(known(name, Map.of(property, value)));
            }
        });
        clientProperties.forEach(
                property -> all.putAll(known("--client-property", Map.of(property.name(), property.value()))));
        return all;
    }

    private static Map<String, String> known(String source, Map<String, String> properties) {
        try {
            ClientProperties.of(properties);
            return properties;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("%s: %s".formatted(source, e.getMessage()), e);
        }
    }

    private static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) { // what is no text, or escaped wrongly
            throw new IllegalArgumentException(
                    "--client-config: expected properties in UTF-8 in %s, found %s".formatted(file, e), e);
        }
        Map<String, String> read = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> read.put(name, properties.getProperty(name)));
        return read;
    }
}
