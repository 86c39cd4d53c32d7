package dev.cyclestream.deadletter.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.deadletter.DeadLetter;
import dev.cyclestream.kafka.CommittedReader;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.stream.ApplicationProcess;
import dev.cyclestream.topic.PublishFailedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each letter is sent back once: asked for in every way, twice, by two at a time, killed, with groups and letters gone. */
@Timeout(600)
class RedriveOnceIT {

    private static final List<String> TOPICS = List.of(TestKafka.INPUT, "images.b");
    private static final List<String> REASONS = List.of("DAMAGED_IMAGE", "IMAGE_TOO_LARGE");
    private static final int PARTITIONS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    private TestKafka kafka;
    private int number;
    private final Set<String> died = new TreeSet<>();

    @BeforeEach
    void startKafka() throws Exception {
        kafka = TestKafka.start(PARTITIONS);
        try (Topics topics = new Topics(kafka.connection())) {
            topics.createMissing(List.of("images.b"), Optional.of(2), 1 << 20);
        }
    }

    @AfterEach
    void stopKafka() {
        kafka.close();
    }

    @Test
    void everyLetterIsSentOnceThroughEverythingThatHappens() throws Exception {
        die(120);
        List<List<String>> selections = new ArrayList<>();
        for (String reason : Stream.concat(REASONS.stream(), Stream.of("")).toList()) {
            for (String topic : Stream.concat(TOPICS.stream(), Stream.of("")).toList()) {
                selections.add(List.of(reason, topic));
            }
        }
        for (List<String> selection : selections) {
            assertSentOnce(redrive(selection), selection);
            assertThat(redrive(selection)).isZero();
            forgetGroups();
            assertThat(redrive(selection)).isZero();
        }
        assertThat(sent()).containsExactlyInAnyOrderElementsOf(died);

        die(200);
        for (int round = 0; round < 5; round++) {
            twoAtATime(selections.get(round));
        }
        redrive(List.of("", ""));
        assertThat(sent()).containsExactlyInAnyOrderElementsOf(died);

        Set<String> gone = deleteSomeThatWereNotSent();
        redrive(List.of("", ""));
        died.removeAll(gone);
        assertThat(sent()).containsExactlyInAnyOrderElementsOf(died);

        killedInTheMiddle();
        redrive(List.of("", ""));
        assertThat(sent()).containsExactlyInAnyOrderElementsOf(died);
    }

    private void assertSentOnce(long count, List<String> selection) {
        List<String> all = sent();
        assertThat(all).doesNotHaveDuplicates();
        Set<String> asked = died.stream()
                .filter(letter -> letter.contains(selection.get(0)) && letter.contains(selection.get(1)))
                .collect(Collectors.toSet());
        assertThat(all).containsAll(asked);
        assertThat(count).isLessThanOrEqualTo(asked.size());
    }

    /** One of them may be stopped by the other, which goes on for both. */
    private void twoAtATime(List<String> selection) {
        List<CompletableFuture<Boolean>> both = Stream.of(selection, List.of("", ""))
                .map(asked -> CompletableFuture.supplyAsync(() -> {
                    try {
                        redrive(asked);
                        return true;
                    } catch (PublishFailedException e) {
                        assertThat(e).hasMessageEndingWith("another redrive of them began, and goes on");
                        return false;
                    }
                }))
                .toList();
        assertThat(both.stream().filter(CompletableFuture::join)).isNotEmpty();
        assertThat(sent()).doesNotHaveDuplicates();
    }

    private void killedInTheMiddle() throws Exception {
        die(2000);
        int before = sent().size();
        int kills = 0;
        while (sent().size() < died.size() && kills < 4) {
            long known = ends();
            List<String> command = List.of(
                    "redrive",
                    "--bootstrap-servers",
                    kafka.connection().bootstrapServers(),
                    "--schema-registry",
                    kafka.connection().schemaRegistry());
            try (ApplicationProcess process =
                    ApplicationProcess.start(folder.resolve("killed.log"), List.of("-Xmx512m"), command)) {
                while (process.isAlive() && ends() <= known) {
                    Thread.sleep(5);
                }
                process.kill();
            }
            kills++;
            assertThat(sent()).doesNotHaveDuplicates();
            if (kills == 1) {
                assertThat(sent().size()).isGreaterThan(before).isLessThan(died.size());
            }
        }
    }

    /** Letters behind those that were sent, and before others that were not. */
    private Set<String> deleteSomeThatWereNotSent() throws Exception {
        TopicPartition first = new TopicPartition(TestKafka.DEAD_LETTERS, 0);
        Set<String> before = new TreeSet<>(died);
        long end = end(first);
        die(90);
        try (Admin admin = Admin.create(kafka.connection().clientSettings())) {
            admin.deleteRecords(Map.of(first, RecordsToDelete.beforeOffset(end + 10)))
                    .all()
                    .get();
        }
        Set<String> left = new TreeSet<>(read(TestKafka.DEAD_LETTERS));
        Set<String> gone = new TreeSet<>(died);
        gone.removeAll(before);
        gone.removeAll(left);
        assertThat(gone).hasSize(10);
        return gone;
    }

    private long end(TopicPartition partition) throws Exception {
        try (Producer<byte[], byte[]> producer = producer()) {
            return producer.send(new ProducerRecord<>(
                                    partition.topic(), partition.partition(), null, "no letter".getBytes(UTF_8)))
                            .get()
                            .offset()
                    + 1;
        }
    }

    private long redrive(List<String> selection) {
        Redrive.Selection asked = new Redrive.Selection(
                Optional.of(selection.get(0)).filter(text -> !text.isEmpty()),
                Optional.of(selection.get(1)).filter(text -> !text.isEmpty()));
        try (Redrive redrive = new Redrive(kafka.connection(), TestKafka.DEAD_LETTERS, asked, 1 << 20)) {
            return redrive.run(seen -> {}, () -> false).sent().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    private void forgetGroups() throws Exception {
        try (Admin admin = Admin.create(kafka.connection().clientSettings())) {
            List<String> groups = admin.listGroups().all().get().stream()
                    .map(group -> group.groupId())
                    .toList();
            admin.deleteConsumerGroups(groups).all().get();
        }
    }

    private void die(int count) throws Exception {
        try (Producer<byte[], byte[]> producer = producer()) {
            for (int index = 0; index < count; index++) {
                String topic = TOPICS.get(index % 2);
                String reason = REASONS.get(index / 2 % 2);
                String name = "%s %s %d".formatted(topic, reason, number++);
                died.add(name);
                ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(
                        TestKafka.DEAD_LETTERS, index % PARTITIONS, name.getBytes(UTF_8), new byte[2000]);
                letter.headers().add(DeadLetter.REASON_HEADER, reason.getBytes(UTF_8));
                letter.headers().add(DeadLetter.TOPIC_HEADER, topic.getBytes(UTF_8));
                letter.headers()
                        .add(
                                DeadLetter.PARTITION_HEADER,
                                Integer.toString(index % 2).getBytes(UTF_8));
                var unused = producer.send(letter);
            }
            producer.flush();
        }
    }

    private Producer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                kafka.connection().clientSettings(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Every letter that is in one of the topics that letters came from, as often as it is there. */
    private List<String> sent() {
        return TOPICS.stream().flatMap(topic -> read(topic).stream()).toList();
    }

    /** Grows with each transaction that sends letters. */
    private long ends() throws Exception {
        try (Admin admin = Admin.create(kafka.connection().clientSettings())) {
            Map<TopicPartition, OffsetSpec> question = Stream.of(0, 1)
                    .collect(Collectors.toMap(
                            partition -> new TopicPartition(TestKafka.INPUT, partition),
                            partition -> OffsetSpec.latest()));
            return admin
                    .listOffsets(question, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                    .all()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        }
    }

    private List<String> read(String topic) {
        try (CommittedReader reader = new CommittedReader(kafka.connection(), topic)) {
            return reader.readToEnd(PATIENCE).stream()
                    .filter(record -> record.key() != null)
                    .map(record -> new String(record.key(), UTF_8))
                    .toList();
        }
    }

    @Test
    void notesThatWouldBeForgottenAreRefused() throws Exception {
        die(4);
        redrive(List.of("", ""));
        try (Admin admin = Admin.create(kafka.connection().clientSettings())) {
            Map<ConfigResource, Collection<AlterConfigOp>> change = new HashMap<>();
            change.put(
                    new ConfigResource(ConfigResource.Type.TOPIC, Redrive.notesOf(TestKafka.DEAD_LETTERS)),
                    List.of(new AlterConfigOp(new ConfigEntry("cleanup.policy", "delete"), AlterConfigOp.OpType.SET)));
            admin.incrementalAlterConfigs(change).all().get();
        }
        assertThatThrownBy(() -> redrive(List.of("", "")))
                .hasMessageContaining("dead-letters-redriven: expected cleanup.policy=compact, found delete");
    }
}
