package dev.cyclestream.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.deadletter.DeadLetterCollector;
import dev.cyclestream.deadletter.DeadLetterCollector.CollectedDeadLetter;
import dev.cyclestream.event.Provenance;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.stream.ApplicationProcess;
import dev.cyclestream.topic.CollectedImage;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/**
 * Two processes share a replay of a range of time on eight partitions while a producer goes on writing, and one of them is
 * killed half way.
 *
 * <p>{@code -Dreplay.images=4000} runs it at length, and restarts the broker besides.
 */
class ReplayIT extends ReplayProcesses {

    private static final int IMAGES = Integer.getInteger("replay.images", 300);
    private static final int BEFORE = 40;
    private static final String LIVE_GROUP = "cyclestream";

    @Test
    void rangeOfTimeIsReplayedOnceWhateverDies() throws Exception {
        publish(BEFORE);
        Instant from = nextInstant();
        publish(IMAGES);
        Instant to = nextInstant();
        setLivePositions();
        List<String> arguments = arguments(
                "replay", "--name", "spring", "--from", from.toString(), "--to", to.toString(), "--threads", "2");
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Void> producer = CompletableFuture.runAsync(() -> publishUntil(stop));
        try (ApplicationProcess first = start("first.log", arguments);
                ApplicationProcess second = start("second.log", arguments)) {
            awaitHalf(first, second);
            second.kill();
            if (IMAGES > 1000) {
                kafka.broker().restart();
            }
            try (ApplicationProcess again = start("again.log", arguments)) {
                assertThat(first.exitCode(PATIENCE)).as(first.said()).isZero();
                assertThat(again.exitCode(PATIENCE)).as(again.said()).isZero();
                assertThat(first.said()).contains("replay spring is complete: %d offsets".formatted(IMAGES));
                assertThat(again.said())
                        .contains("replay spring: joined")
                        .contains("replay spring is complete: %d offsets".formatted(IMAGES));
            }
        } finally {
            stop.set(true);
            producer.join();
        }
        try (ApplicationProcess third = start("third.log", arguments)) {
            assertThat(third.exitCode(PATIENCE)).as(third.said()).isZero();
            assertThat(third.said()).contains("replay spring is complete").doesNotContain("replaying: ");
        }
        assertEachOffsetOnce(from, to);
        assertLiveIsUntouched();
    }

    /** What lies in the range by its timestamp, as an image or as a dead letter, and nothing else. */
    private void assertEachOffsetOnce(Instant from, Instant to) throws Exception {
        List<String> expected = new ArrayList<>();
        List<String> beyond = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : all(TestKafka.INPUT)) {
            boolean inRange = record.timestamp() >= from.toEpochMilli() && record.timestamp() < to.toEpochMilli();
            (inRange ? expected : beyond)
                    .add(TestKafka.INPUT + " partition %d offset %d".formatted(record.partition(), record.offset()));
        }
        assertThat(expected).hasSize(IMAGES);
        assertThat(beyond).hasSizeGreaterThan(BEFORE);
        List<String> found = new ArrayList<>();
        for (CollectedImage image : images(outputTopic())) {
            Provenance provenance = image.provenance().orElseThrow();
            assertThat(provenance.getReplay()).isEqualTo("spring");
            found.add("%s partition %d offset %d"
                    .formatted(
                            provenance.getSourceTopic(),
                            provenance.getSourcePartition(),
                            provenance.getSourceOffset()));
        }
        List<CollectedDeadLetter> letters = new ArrayList<>();
        try (DeadLetterCollector collector =
                new DeadLetterCollector(connection, "cyclestream-replay-spring-dead-letters")) {
            collector.poll(Duration.ofSeconds(2), letters::add);
            collector.poll(Duration.ofSeconds(1), letters::add);
        }
        assertThat(letters).hasSizeBetween(IMAGES / POISON_EVERY - 1, IMAGES / POISON_EVERY + 1);
        letters.forEach(letter -> found.add(letter.source()));
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    private void setLivePositions() throws Exception {
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            positions.put(new TopicPartition(TestKafka.INPUT, partition), new OffsetAndMetadata(partition));
        }
        try (Admin admin = Admin.create(connection.clientSettings())) {
            admin.alterConsumerGroupOffsets(LIVE_GROUP, positions).all().get();
        }
    }

    private void assertLiveIsUntouched() throws Exception {
        try (Admin admin = Admin.create(connection.clientSettings())) {
            admin.listConsumerGroupOffsets(LIVE_GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> assertThat(offset.offset()).isEqualTo(partition.partition()));
        }
        assertThat(all(TestKafka.DEAD_LETTERS)).isEmpty();
        assertThat(all(TestKafka.OUTPUT)).isEmpty();
    }

    private void awaitHalf(ApplicationProcess first, ApplicationProcess second) throws Exception {
        first.awaitSaying("replaying: ", PATIENCE);
        second.awaitSaying("replaying: ", PATIENCE);
        awaitImages(IMAGES / 2);
    }

    /** A time that lies between what was published and what will be. */
    private static Instant nextInstant() throws InterruptedException {
        Thread.sleep(20);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Thread.sleep(20);
        return now;
    }

    private void publishUntil(AtomicBoolean stop) {
        while (!stop.get()) {
            publish(5);
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> all(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                connection.clientSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(POLL).forEach(records::add);
            }
        }
        return records;
    }
}
