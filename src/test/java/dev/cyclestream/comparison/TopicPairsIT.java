package dev.cyclestream.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.comparison.measure.InputState;
import dev.cyclestream.comparison.measure.Measure;
import dev.cyclestream.comparison.measure.PairFigures;
import dev.cyclestream.comparison.measure.ShownPairs;
import dev.cyclestream.comparison.measure.TestPictures;
import dev.cyclestream.comparison.pairing.LeftOut;
import dev.cyclestream.comparison.pairing.LeftOut.Kind;
import dev.cyclestream.comparison.pairing.OutputLocation.InFolder;
import dev.cyclestream.comparison.pairing.OutputLocation.InTopic;
import dev.cyclestream.comparison.pairing.Pair;
import dev.cyclestream.comparison.pairing.SourcePartition;
import dev.cyclestream.comparison.pairing.SourcePosition;
import dev.cyclestream.comparison.report.ReportText;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.MissingTopicException;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.storage.ImageStores;
import dev.cyclestream.topic.TopicRecords;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real broker with topics that were written in ways that a stream would and would not write them. */
@Timeout(300)
class TopicPairsIT {

    private static final int PARTITIONS = 2;
    private static final String INPUT = TestKafka.INPUT;
    private static final String OLD = TestKafka.OUTPUT;
    private static final String NEW = "translated.b.new";
    private static final Optional<String> FIRST_ID = Optional.of("o8Z1r2zqR0-DPIqZQJ0x_w");
    private static final Optional<String> SECOND_ID = Optional.of("A8Z1r2zqR0-DPIqZQJ0x_w");

    private final List<byte[]> images = IntStream.range(0, 40)
            .mapToObj(seed -> TestPictures.png(TestPictures.noise(16, 16, seed)))
            .toList();
    private final SplittableRandom random = new SplittableRandom(1);
    private final List<SourcePosition> sources = new ArrayList<>();
    private TestKafka kafka;
    private KafkaConnection connection;
    private TestOutputs outputs;

    @BeforeEach
    void writeInputs() throws Exception {
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

    @AfterEach
    void stopKafka() {
        outputs.close();
        kafka.close();
    }

    @Test
    void recordsAreFoundByTheirOffsetInAnyOrder() {
        try (TopicRecords topic = new TopicRecords(connection, INPUT)) {
            for (int round = 0; round < 100; round++) {
                int number = random.nextInt(images.size());
                SourcePosition source = sources.get(number);
                byte[] found = topic.at(source.partition().partition(), source.offset())
                        .orElseThrow()
                        .image(ImageStores.none())
                        .toBytes();
                assertThat(found).isEqualTo(images.get(number));
            }
            assertThat(topic.at(0, 1_000_000)).isEmpty();
            assertThat(topic.at(PARTITIONS, 0)).isEmpty();
            List<Long> offsets = sources.stream()
                    .filter(source -> source.partition().partition() == 0)
                    .map(SourcePosition::offset)
                    .toList();
            for (long offset = 0; offset <= offsets.get(offsets.size() - 1); offset++) {
                assertThat(topic.at(0, offset).isPresent()).isEqualTo(offsets.contains(offset));
            }
        }
    }

    @Test
    void outputsOfAnApplicationThatWasResetPairUpByTheirLatest() throws Exception {
        all(OLD, 0, images.size(), 0);
        all(NEW, 0, 25, 1); // a first run, of another checkpoint
        all(NEW, 10, images.size(), 0); // and a second, after a reset
        List<Pair> pairs = new ArrayList<>();
        try (Comparison comparison = open(OLD, NEW)) {
            assertThat(comparison.expected()).isEqualTo(images.size());
            ComparisonResult result = comparison.run(Optional.empty(), count -> {});
            assertThat(result.pairs()).isEqualTo(images.size());
            assertThat(result.sides().ofNew().replaced()).isEqualTo(15);
            assertThat(result.findings().marks(PairFigures.Mark.IDENTICAL)).isEqualTo(images.size() - 10);
            assertThat(result.findings().inputs(InputState.THERE)).isEqualTo(images.size());
            result.exhibits().worst().forEach(measured -> pairs.add(measured.pair()));
        }
        assertThat(pairs).extracting(Pair::imageId).hasSize(10).allMatch(id -> Integer.parseInt(id) < 10);
    }

    @Test
    void singlesAreCountedByKind() throws Exception {
        all(OLD, 0, images.size(), 0);
        outputs.begin();
        for (int number = 10; number < 30; number++) {
            if (number != 15 && number != 20) {
                output(NEW, number, images.get(number), images.get(number));
            }
        }
        output(NEW, 15, images.get(15), images.get(16)); // made of something else, says its provenance
        outputs.commit();
        outputs.begin();
        output(NEW, 35, images.get(35), images.get(35));
        outputs.abort();
        try (Comparison comparison = open(OLD, NEW)) {
            ComparisonResult result = comparison.run(Optional.empty(), count -> {});
            LeftOut leftOut = result.leftOut();
            assertThat(result.pairs()).isEqualTo(18);
            assertThat(leftOut.count(Kind.OUTSIDE_NEW)).isEqualTo(20);
            assertThat(leftOut.count(Kind.DIFFERENT_INPUTS)).isEqualTo(1);
            assertThat(leftOut.count(Kind.ONLY_OLD)).isEqualTo(1);
            assertThat(leftOut.list(Kind.ONLY_OLD))
                    .containsExactly(sources.get(20).toString());
            assertThat(leftOut.missing()).isEqualTo(2);
        }
        try (Comparison comparison = open(NEW, OLD)) {
            LeftOut leftOut = comparison.run(Optional.empty(), count -> {}).leftOut();
            assertThat(leftOut.count(Kind.OUTSIDE_OLD)).isEqualTo(20);
            assertThat(leftOut.count(Kind.ONLY_NEW)).isEqualTo(1);
        }
    }

    @Test
    void inputsThatAreDeletedLeaveThePairWithoutFlags() throws Exception {
        all(OLD, 0, images.size(), 0);
        all(NEW, 0, images.size(), 1);
        long first = sources.get(20).offset();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", connection.bootstrapServers()))) {
            admin.deleteRecords(Map.of(new TopicPartition(INPUT, 0), RecordsToDelete.beforeOffset(first)))
                    .all()
                    .get();
        }
        try (Comparison comparison = open(OLD, NEW)) {
            ComparisonResult result = comparison.run(Optional.empty(), count -> {});
            assertThat(result.pairs()).isEqualTo(images.size());
            assertThat(result.findings().inputs(InputState.GONE)).isEqualTo(10);
            assertThat(result.findings().inputs(InputState.THERE)).isEqualTo(30);
            assertThat(new ReportText(result).lines()).contains("without an input: 10, not in its topic any more");
        }
    }

    @Test
    void resultsOfATopicThatWasMadeAnewAreNoPairsOfTheOldOnes() throws Exception {
        all(OLD, 0, 20, 0, FIRST_ID);
        all(OLD, 0, 20, 1, SECOND_ID);
        all(NEW, 0, 15, 1, SECOND_ID);
        try (Comparison comparison = open(OLD, NEW)) {
            assertThat(comparison.expected()).isEqualTo(15);
            ComparisonResult result = comparison.run(Optional.empty(), count -> {});
            assertThat(result.pairs()).isEqualTo(15);
            assertThat(result.findings().marks(PairFigures.Mark.IDENTICAL)).isEqualTo(15);
            assertThat(result.sides().ofOld().replaced()).isZero();
            assertThat(result.leftOut().missing()).isZero();
            assertThat(result.leftOut().list(Kind.OUTSIDE_NEW))
                    .contains("images.a (id %s) partition 0 offsets %d to %d"
                            .formatted(
                                    FIRST_ID.get(),
                                    sources.get(0).offset(),
                                    sources.get(6).offset()));
        }
    }

    @Test
    void whatNamesNoTopicPairsWithTheFirstOneOfItsName() throws Exception {
        all(OLD, 0, 20, 0); // made by an earlier version
        all(NEW, 0, 20, 0, FIRST_ID);
        try (Comparison comparison = open(OLD, NEW)) {
            ComparisonResult result = comparison.run(Optional.empty(), count -> {});
            assertThat(result.findings().marks(PairFigures.Mark.IDENTICAL)).isEqualTo(20);
        }
        all(NEW, 0, 10, 1, SECOND_ID);
        try (Comparison comparison = open(NEW, OLD)) {
            ComparisonResult result = comparison.run(Optional.empty(), count -> {});
            assertThat(result.pairs()).isEqualTo(20);
            assertThat(result.findings().marks(PairFigures.Mark.IDENTICAL)).isEqualTo(20);
            assertThat(result.leftOut().count(Kind.OUTSIDE_NEW)).isEqualTo(10);
        }
    }

    @Test
    void sideOfTwoVersionsCountsTheLaterResultOfEachOffset() throws Exception {
        all(OLD, 0, 20, 0); // made by an earlier version
        all(OLD, 10, 25, 1, FIRST_ID);
        all(NEW, 0, 25, 1, FIRST_ID);
        try (Comparison comparison = open(OLD, NEW)) {
            ComparisonResult result = comparison.run(Optional.empty(), count -> {});
            assertThat(result.pairs()).isEqualTo(25);
            assertThat(result.sides().ofOld().replaced()).isEqualTo(10);
            assertThat(result.findings().marks(PairFigures.Mark.IDENTICAL)).isEqualTo(15);
        }
    }

    @Test
    void whatIsWrittenMeanwhileIsNotWaitedFor() throws Exception {
        all(OLD, 0, 30, 0);
        all(NEW, 0, 30, 0);
        try (Comparison comparison = open(OLD, NEW)) {
            all(OLD, 30, images.size(), 0);
            all(NEW, 30, images.size(), 0);
            ComparisonResult result = comparison.run(Optional.empty(), count -> {});
            assertThat(result.pairs()).isEqualTo(30);
            assertThat(result.leftOut().missing() + result.leftOut().outside()).isZero();
        }
    }

    @Test
    void recordsThatAreNoTranslationsAreCounted() throws Exception {
        all(OLD, 0, 5, 0);
        all(NEW, 0, 5, 0);
        outputs.begin();
        outputs.output(NEW, 0, "no avro".getBytes(StandardCharsets.UTF_8));
        Future<RecordMetadata> unused = outputs.input(NEW, 0, "an event", images.get(0));
        outputs.commit();
        try (Comparison comparison = open(OLD, NEW)) {
            ComparisonResult result = comparison.run(Optional.empty(), count -> {});
            assertThat(result.pairs()).isEqualTo(5);
            assertThat(result.sides().ofNew().others().count()).isEqualTo(2);
        }
    }

    @Test
    void topicsThatAreNotThereAndFoldersAloneAreRefused() {
        assertThatThrownBy(() -> open(OLD, "nowhere"))
                .isInstanceOf(MissingTopicException.class)
                .hasMessageEndingWith("expected topic nowhere, found none");
        InFolder folder = new InFolder(Path.of("some/where"));
        assertThatThrownBy(() -> new ComparedOutputs(connection, ImageStores.none(), replay -> List.of())
                        .open(folder, folder, settings(), silent()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected at least one topic");
    }

    private Comparison open(String old, String newer) throws Exception {
        return new ComparedOutputs(connection, ImageStores.none(), replay -> List.of())
                .open(new InTopic(old), new InTopic(newer), settings(), silent());
    }

    private static ComparisonSettings settings() {
        return new ComparisonSettings(new ShownPairs(Measure.SSIM, 10, 0, 1), 1, List.of(), 2);
    }

    private static ComparedOutputs.Reading silent() {
        return new ComparedOutputs.Reading() {
            @Override
            public void begins(String topic, long records) {}

            @Override
            public void read(long records) {}
        };
    }

    /** Outputs that are their inputs, or, moved by one, the next input. */
    private void all(String topic, int from, int to, int move) throws Exception {
        all(topic, from, to, move, Optional.empty());
    }

    private void all(String topic, int from, int to, int move, Optional<String> sourceTopicId) throws Exception {
        outputs.begin();
        for (int number = from; number < to; number++) {
            output(topic, number, images.get((number + move) % images.size()), images.get(number), sourceTopicId);
        }
        outputs.commit();
    }

    private void output(String topic, int number, byte[] image, byte[] input) {
        output(topic, number, image, input, Optional.empty());
    }

    private void output(String topic, int number, byte[] image, byte[] input, Optional<String> sourceTopicId) {
        SourcePosition position = sources.get(number);
        SourcePartition source = position.partition().withTopicId(sourceTopicId);
        outputs.output(
                topic,
                source.partition(),
                id(number),
                image,
                TestPictures.provenance(new SourcePosition(source, position.offset()), input));
    }

    private static String id(int number) {
        return Integer.toString(number);
    }
}
