package dev.cyclestream.comparison;

import static dev.cyclestream.comparison.TopicPairsScene.INPUT;
import static dev.cyclestream.comparison.TopicPairsScene.NEW;
import static dev.cyclestream.comparison.TopicPairsScene.OLD;
import static dev.cyclestream.comparison.TopicPairsScene.PARTITIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.comparison.measure.InputState;
import dev.cyclestream.comparison.measure.PairFigures;
import dev.cyclestream.comparison.pairing.LeftOut;
import dev.cyclestream.comparison.pairing.LeftOut.Kind;
import dev.cyclestream.comparison.pairing.OutputLocation.InFolder;
import dev.cyclestream.comparison.pairing.Pair;
import dev.cyclestream.comparison.pairing.SourcePosition;
import dev.cyclestream.comparison.report.ReportText;
import dev.cyclestream.kafka.MissingTopicException;
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
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pairs of two topics, joined on the source offset. */
@Timeout(300)
class TopicPairsIT {

    private final SplittableRandom random = new SplittableRandom(1);
    private TopicPairsScene scene;

    @BeforeEach
    void begin() throws Exception {
        scene = new TopicPairsScene();
    }

    @AfterEach
    void end() {
        scene.close();
    }

    @Test
    void recordsAreFoundByTheirOffsetInAnyOrder() {
        try (TopicRecords topic = new TopicRecords(scene.connection, INPUT)) {
            for (int round = 0; round < 100; round++) {
                int number = random.nextInt(scene.images.size());
                SourcePosition source = scene.sources.get(number);
                byte[] found = topic.at(source.partition().partition(), source.offset())
                        .orElseThrow()
                        .image(ImageStores.none())
                        .toBytes();
                assertThat(found).isEqualTo(scene.images.get(number));
            }
            assertThat(topic.at(0, 1_000_000)).isEmpty();
            assertThat(topic.at(PARTITIONS, 0)).isEmpty();
            List<Long> offsets = scene.sources.stream()
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
        scene.all(OLD, 0, scene.images.size(), 0);
        scene.all(NEW, 0, 25, 1); // a first run, of another checkpoint
        scene.all(NEW, 10, scene.images.size(), 0); // and a second, after a reset
        List<Pair> pairs = new ArrayList<>();
        try (Comparison comparison = scene.open(OLD, NEW)) {
            assertThat(comparison.expected()).isEqualTo(scene.images.size());
            ComparisonResult result = comparison.run(Optional.empty(), count -> {});
            assertThat(result.pairs()).isEqualTo(scene.images.size());
            assertThat(result.sides().ofNew().replaced()).isEqualTo(15);
            assertThat(result.findings().marks(PairFigures.Mark.IDENTICAL)).isEqualTo(scene.images.size() - 10);
            assertThat(result.findings().inputs(InputState.THERE)).isEqualTo(scene.images.size());
            result.selected().worst().forEach(measured -> pairs.add(measured.pair()));
        }
        assertThat(pairs).extracting(Pair::imageId).hasSize(10).allMatch(id -> Integer.parseInt(id) < 10);
    }

    @Test
    void singlesAreCountedByKind() throws Exception {
        scene.all(OLD, 0, scene.images.size(), 0);
        scene.outputs.begin();
        for (int number = 10; number < 30; number++) {
            if (number != 15 && number != 20) {
                scene.output(NEW, number, scene.images.get(number), scene.images.get(number));
            }
        }
        scene.output(
                NEW, 15, scene.images.get(15), scene.images.get(16)); // made of something else, says its provenance
        scene.outputs.commit();
        scene.outputs.begin();
        scene.output(NEW, 35, scene.images.get(35), scene.images.get(35));
        scene.outputs.abort();
        try (Comparison comparison = scene.open(OLD, NEW)) {
            ComparisonResult result = comparison.run(Optional.empty(), count -> {});
            LeftOut leftOut = result.leftOut();
            assertThat(result.pairs()).isEqualTo(18);
            assertThat(leftOut.count(Kind.OUTSIDE_NEW)).isEqualTo(20);
            assertThat(leftOut.count(Kind.DIFFERENT_INPUTS)).isEqualTo(1);
            assertThat(leftOut.count(Kind.ONLY_OLD)).isEqualTo(1);
            assertThat(leftOut.list(Kind.ONLY_OLD))
                    .containsExactly(scene.sources.get(20).toString());
            assertThat(leftOut.missing()).isEqualTo(2);
        }
        try (Comparison comparison = scene.open(NEW, OLD)) {
            LeftOut leftOut = comparison.run(Optional.empty(), count -> {}).leftOut();
            assertThat(leftOut.count(Kind.OUTSIDE_OLD)).isEqualTo(20);
            assertThat(leftOut.count(Kind.ONLY_NEW)).isEqualTo(1);
        }
    }

    @Test
    void inputsThatAreDeletedLeaveThePairWithoutFlags() throws Exception {
        scene.all(OLD, 0, scene.images.size(), 0);
        scene.all(NEW, 0, scene.images.size(), 1);
        long first = scene.sources.get(20).offset();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", scene.connection.bootstrapServers()))) {
            admin.deleteRecords(Map.of(new TopicPartition(INPUT, 0), RecordsToDelete.beforeOffset(first)))
                    .all()
                    .get();
        }
        try (Comparison comparison = scene.open(OLD, NEW)) {
            ComparisonResult result = comparison.run(Optional.empty(), count -> {});
            assertThat(result.pairs()).isEqualTo(scene.images.size());
            assertThat(result.findings().inputs(InputState.GONE)).isEqualTo(10);
            assertThat(result.findings().inputs(InputState.THERE)).isEqualTo(30);
            assertThat(new ReportText(result).lines()).contains("without an input: 10, not in its topic any more");
        }
    }

    @Test
    void whatIsWrittenMeanwhileIsNotWaitedFor() throws Exception {
        scene.all(OLD, 0, 30, 0);
        scene.all(NEW, 0, 30, 0);
        try (Comparison comparison = scene.open(OLD, NEW)) {
            scene.all(OLD, 30, scene.images.size(), 0);
            scene.all(NEW, 30, scene.images.size(), 0);
            ComparisonResult result = comparison.run(Optional.empty(), count -> {});
            assertThat(result.pairs()).isEqualTo(30);
            assertThat(result.leftOut().missing() + result.leftOut().outside()).isZero();
        }
    }

    @Test
    void recordsThatAreNoTranslationsAreCounted() throws Exception {
        scene.all(OLD, 0, 5, 0);
        scene.all(NEW, 0, 5, 0);
        scene.outputs.begin();
        scene.outputs.output(NEW, 0, "no avro".getBytes(StandardCharsets.UTF_8));
        Future<RecordMetadata> unused = scene.outputs.input(NEW, 0, "an event", scene.images.get(0));
        scene.outputs.commit();
        try (Comparison comparison = scene.open(OLD, NEW)) {
            ComparisonResult result = comparison.run(Optional.empty(), count -> {});
            assertThat(result.pairs()).isEqualTo(5);
            assertThat(result.sides().ofNew().others().count()).isEqualTo(2);
        }
    }

    @Test
    void topicsThatAreNotThereAndFoldersAloneAreRefused() {
        assertThatThrownBy(() -> scene.open(OLD, "nowhere"))
                .isInstanceOf(MissingTopicException.class)
                .hasMessageEndingWith("expected topic nowhere, found none");
        InFolder folder = new InFolder(Path.of("some/where"));
        assertThatThrownBy(() -> new ComparedOutputs(scene.connection, ImageStores.none(), replay -> List.of())
                        .open(folder, folder, TopicPairsScene.settings(), TopicPairsScene.silent()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected at least one topic");
    }
}
