package dev.cyclestream.kafka;

import dev.cyclestream.stream.TestRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A real broker and a registry over HTTP, with topics. */
public record TestKafka(EmbeddedBroker broker, TestRegistry registry) implements AutoCloseable {

    public static final String INPUT = "images.a";
    public static final String OUTPUT = "translated.b";
    public static final String DEAD_LETTERS = "dead-letters";
    public static final int MAX_IMAGE_BYTES = 1 << 20;
    public static final String MAX_IMAGE_BYTES_OPTION = "1MiB";

    public static TestKafka start(int partitions) throws IOException {
        return start(partitions, Map.of());
    }

    /** Starts with settings of the broker. */
    public static TestKafka start(int partitions, Map<String, String> settings) throws IOException {
        TestKafka kafka = new TestKafka(EmbeddedBroker.start(settings), TestRegistry.start());
        try (Topics topics = new Topics(kafka.connection())) {
            topics.createMissing(List.of(INPUT, OUTPUT, DEAD_LETTERS), Optional.of(partitions), 2 * MAX_IMAGE_BYTES);
        }
        return kafka;
    }

    public KafkaConnection connection() {
        return new KafkaConnection(broker.bootstrapServers(), registry.url());
    }

    @Override
    public void close() {
        registry.close();
        broker.close();
    }
}
