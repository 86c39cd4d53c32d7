package dev.cyclestream.stream;

import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TestKafka;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code run} is told in tests: where to find Kafka, the checkpoint from A to B, and that images are small. */
final class RunArguments {

    private RunArguments() {}

    /** For a process that finds everything where it is. */
    static List<String> of(KafkaConnection connection, Path checkpoint, String... more) {
        return of(connection, connection.schemaRegistry(), checkpoint, more);
    }

    /** For a process that looks for the registry elsewhere. */
    static List<String> of(KafkaConnection connection, String registry, Path checkpoint, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--bootstrap-servers",
                connection.bootstrapServers(),
                "--schema-registry",
                registry,
                "--a-to-b",
                checkpoint.toString(),
                "--max-side",
                "64",
                "--max-image-bytes",
                TestKafka.MAX_IMAGE_BYTES_OPTION));
        arguments.addAll(List.of(more));
        return arguments;
    }
}
