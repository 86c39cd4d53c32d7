package dev.cyclestream.cli;

import dev.cyclestream.stream.KafkaConnection;
import picocli.CommandLine.Option;

/** Where Kafka is; of every command that talks to it. */
final class KafkaOptions {

    @Option(names = "--bootstrap-servers", required = true, paramLabel = "HOST:PORT", description = "Kafka brokers.")
    private String bootstrapServers;

    @Option(names = "--schema-registry", required = true, paramLabel = "URL", description = "Schema registry.")
    private String schemaRegistry;

    KafkaConnection connection() {
        return new KafkaConnection(bootstrapServers, schemaRegistry);
    }
}
