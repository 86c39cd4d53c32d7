package dev.cyclestream.comparison;

import dev.cyclestream.comparison.measure.Measure;
import dev.cyclestream.comparison.measure.ShownPairs;
import dev.cyclestream.comparison.measure.TestPictures;
import dev.cyclestream.comparison.pairing.OutputLocation.InTopic;
import dev.cyclestream.comparison.pairing.SourcePartition;
import dev.cyclestream.comparison.pairing.SourcePosition;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.storage.ImageStores;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.RecordMetadata;

/** A real broker with inputs, and outputs that are written in ways that a stream would and would not write them. */
final class TopicPairsScene implements AutoCloseable {

    static final int PARTITIONS = 2;
    static final String INPUT = TestKafka.INPUT;
    static final String OLD = TestKafka.OUTPUT;
    static final String NEW = "translated.b.new";

    final List<byte[]> images = IntStream.range(0, 40)
            .mapToObj(seed -> TestPictures.png(TestPictures.noise(16, 16, seed)))
            .toList();
    final List<SourcePosition> sources = new ArrayList<>();
    final KafkaConnection connection;
    final TestOutputs outputs;
    private final TestKafka kafka;

    TopicPairsScene() throws Exception {
        kafka = TestKafka.start(PARTITIONS);
        connection = kafka.connection();
        try (Topics topics = new Topics(connection)) {
            topics.createMissing(List.of(NEW), Optional.of(PARTITIONS), 1 << 20);
        }
        outputs = new TestOutputs(connection, "test");
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int number = 0; number < images.size(); number++) {
            if (number % 7 == 0) {
                outputs.begin(); // so that the offsets have holes
            }
            sent.add(outputs.input(INPUT, number % PARTITIONS, id(number), images.get(number)));
            if (number % 7 == 6 || number == images.size() - 1) {
                outputs.commit();
            }
        }
        for (Future<RecordMetadata> metadata : sent) {
            sources.add(new SourcePosition(
                    new SourcePartition(INPUT, Optional.empty(), metadata.get().partition()),
                    metadata.get().offset()));
        }
    }

    @Override
    public void close() {
        outputs.close();
        kafka.close();
    }

    Comparison open(String old, String newer) throws Exception {
        return new ComparedOutputs(connection, ImageStores.none(), replay -> List.of())
                .open(new InTopic(old), new InTopic(newer), settings(), silent());
    }

    static ComparisonSettings settings() {
        return new ComparisonSettings(new ShownPairs(Measure.SSIM, 10, 0, 1), 1, List.of(), 2);
    }

    static ComparedOutputs.Reading silent() {
        return new ComparedOutputs.Reading() {
            @Override
            public void begins(String topic, long records) {}

            @Override
            public void read(long records) {}
        };
    }

    /** Outputs that are their inputs, or, moved by one, the next input. */
    void all(String topic, int from, int to, int move) throws Exception {
        all(topic, from, to, move, Optional.empty());
    }

    void all(String topic, int from, int to, int move, Optional<String> sourceTopicId) throws Exception {
        outputs.begin();
        for (int number = from; number < to; number++) {
            output(topic, number, images.get((number + move) % images.size()), images.get(number), sourceTopicId);
        }
        outputs.commit();
    }

    void output(String topic, int number, byte[] image, byte[] input) {
        output(topic, number, image, input, Optional.empty());
    }

    void output(String topic, int number, byte[] image, byte[] input, Optional<String> sourceTopicId) {
        SourcePosition position = sources.get(number);
        SourcePartition source = position.partition().withTopicId(sourceTopicId);
        outputs.output(
                topic,
                source.partition(),
                id(number),
                image,
                TestPictures.provenance(new SourcePosition(source, position.offset()), input));
    }

    static String id(int number) {
        return Integer.toString(number);
    }
}
