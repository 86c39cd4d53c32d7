package dev.cyclestream.stream.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.deadletter.Books;
import dev.cyclestream.deadletter.FailedRecords;
import dev.cyclestream.deadletter.FailureLedger;
import dev.cyclestream.kafka.InputTopicIds;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.progress.Progress;
import dev.cyclestream.progress.ProgressListener;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class BoundedConsumerIT {

    private static final TopicPartition FIRST = new TopicPartition(TestKafka.INPUT, 0);
    private static final TopicPartition SECOND = new TopicPartition(TestKafka.INPUT, 1);
    private static final TopicPartition LEFT_OUT = new TopicPartition(TestKafka.INPUT, 2);
    private static final Duration POLL = Duration.ofMillis(200);

    private final List<String> read = new ArrayList<>();
    private TestKafka kafka;

    @BeforeEach
    void startKafka() throws Exception {
        kafka = TestKafka.start(3);
        for (TopicPartition partition : List.of(FIRST, SECOND, LEFT_OUT)) {
            send(partition, 10);
        }
    }

    @AfterEach
    void stopKafka() {
        kafka.close();
    }

    @Test
    void whatLiesBeyondABoundIsNeitherGivenNorFetched() throws Exception {
        try (BoundedConsumer consumer = consumer(Map.of(0, 4L, 1, 15L))) {
            poll(consumer, 14);
            assertThat(read)
                    .hasSize(14)
                    .contains("0:3", "1:9")
                    .doesNotContain("0:4")
                    .noneMatch(at -> at.startsWith("2:"));
            assertThat(consumer.paused()).containsExactlyInAnyOrder(FIRST, LEFT_OUT);
            assertThat(consumer.position(FIRST)).isEqualTo(4);
            double fetched = fetchedBytes(consumer);
            send(FIRST, 1000);
            send(LEFT_OUT, 1000);
            consumer.resume(List.of(FIRST, SECOND, LEFT_OUT)); // as Kafka Streams does
            poll(consumer, 14);
            assertThat(consumer.paused()).containsExactlyInAnyOrder(FIRST, LEFT_OUT);
            assertThat(fetchedBytes(consumer) - fetched).isLessThan(1000);
        }
    }

    @Test
    void partitionThatGoesBackIsReadAgain() {
        try (BoundedConsumer consumer = consumer(Map.of(0, 4L, 1, 0L, 2, 0L))) {
            poll(consumer, 4);
            assertThat(read).containsExactly("0:0", "0:1", "0:2", "0:3");
            consumer.seek(FIRST, 2);
            consumer.resume(List.of(FIRST, SECOND, LEFT_OUT));
            poll(consumer, 6);
            assertThat(read).containsExactly("0:0", "0:1", "0:2", "0:3", "0:2", "0:3");
        }
    }

    /** Polls until so many records came, and then for a while more. */
    private void poll(BoundedConsumer consumer, int count) {
        int quiet = 0;
        while (read.size() < count || quiet < 5) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            quiet = records.isEmpty() ? quiet + 1 : 0;
            for (ConsumerRecord<byte[], byte[]> record : records) {
                read.add(record.partition() + ":" + record.offset());
            }
            records.nextOffsets()
                    .forEach((partition, next) ->
                            assertThat(next.offset()).isLessThanOrEqualTo(consumer.position(partition)));
        }
    }

    private static double fetchedBytes(BoundedConsumer consumer) {
        return consumer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("bytes-consumed-total")
                        && !metric.getKey().tags().containsKey("topic"))
                .mapToDouble(metric -> (double) metric.getValue().metricValue())
                .sum();
    }

    private BoundedConsumer consumer(Map<Integer, Long> bounds) {
        Map<String, Object> settings = new HashMap<>(kafka.connection().clientSettings());
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        BoundedConsumer consumer = new BoundedConsumer(
                settings,
                new Books(
                        new FailedRecords(FailureLedger.NONE, 1),
                        InputTopicIds.none(),
                        new Progress(ProgressListener.NONE)),
                new BoundedRun("test", TestKafka.INPUT, bounds, Pace.unlimited(), (partition, from, to) -> {}));
        consumer.assign(List.of(FIRST, SECOND, LEFT_OUT));
        consumer.seekToBeginning(
                List.of(FIRST, SECOND, LEFT_OUT)); // the group of a replay has positions from the start
        return consumer;
    }

    private void send(TopicPartition partition, int count) throws Exception {
        byte[] value = "a value of some length, so that bytes are seen".getBytes(StandardCharsets.UTF_8);
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                kafka.connection().clientSettings(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int sent = 0; sent < count; sent++) {
                var unused = producer.send(new ProducerRecord<>(partition.topic(), partition.partition(), null, value));
            }
            producer.flush();
        }
    }
}
