package dev.cyclestream.deadletter.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.deadletter.DeadLetter;
import dev.cyclestream.kafka.CommittedReader;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.kafka.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Letters are sent back once each, whatever senders wrote on them, is asked for, or is gone. */
@Timeout(120)
class RedriveIT {

    private TestKafka kafka;

    @BeforeEach
    void startKafka() throws Exception {
        kafka = TestKafka.start(2);
    }

    @AfterEach
    void stopKafka() {
        kafka.close();
    }

    @Test
    void headersOfSendersAreNeverBelieved() throws Exception {
        for (String count : new String[] {"abc", null, "-5", "99999999999999999999", "3"}) {
            die(TestKafka.INPUT, "1", "DAMAGED_IMAGE", "cyclestream.redriven", count);
        }
        die(TestKafka.INPUT, "7", "DAMAGED_IMAGE", "__streams.errors.topic", "elsewhere");
        assertThat(redrive(null, null).sent()).isEqualTo(Map.of(TestKafka.INPUT, 6L));
        List<ConsumerRecord<byte[], byte[]>> inputs = inputs();
        assertThat(inputs).filteredOn(input -> input.partition() == 1).hasSizeGreaterThanOrEqualTo(5);
        assertThat(inputs)
                .flatExtracting(input -> List.of(input.headers().toArray()))
                .filteredOn(header -> header.key().equals(OriginalInput.COUNT_HEADER))
                .extracting(RedriveIT::text)
                .containsExactlyInAnyOrder("1", "1", "1", "1", "4", "1");
        assertThat(inputs)
                .flatExtracting(input -> List.of(input.headers().toArray()))
                .extracting(Header::key)
                .contains("__streams.errors.topic", "own")
                .doesNotContain(DeadLetter.REASON_HEADER, DeadLetter.OFFSET_HEADER);
    }

    @Test
    void letterIsSentOnceWhateverIsAskedFor() throws Exception {
        die(TestKafka.INPUT, "0", "DAMAGED_IMAGE", "own", "x");
        die(TestKafka.INPUT, "0", "IMAGE_TOO_LARGE", "own", "x");
        assertThat(redrive("DAMAGED_IMAGE", null).sent()).isEqualTo(Map.of(TestKafka.INPUT, 1L));
        assertThat(redrive("DAMAGED_IMAGE", TestKafka.INPUT).sent()).isEmpty();
        assertThat(redrive(null, TestKafka.INPUT).sent()).isEqualTo(Map.of(TestKafka.INPUT, 1L));
        assertThat(redrive(null, null).sent()).isEmpty();
        assertThat(inputs()).hasSize(2);
        try (Topics topics = new Topics(kafka.connection())) {
            topics.delete(List.of(TestKafka.DEAD_LETTERS));
            topics.createMissing(List.of(TestKafka.DEAD_LETTERS), Optional.of(2), 1 << 20);
        }
        die(TestKafka.INPUT, "0", "DAMAGED_IMAGE", "own", "x");
        assertThat(redrive(null, null).sent()).isEqualTo(Map.of(TestKafka.INPUT, 1L));
    }

    @Test
    void lettersOfADeletedTopicAreLeftAndTheOthersSent() throws Exception {
        die("gone", "0", "DAMAGED_IMAGE", "own", "x");
        die(TestKafka.INPUT, "0", "DAMAGED_IMAGE", "own", "x");
        assertThat(redrive(null, null))
                .isEqualTo(new Redrive.Result(Map.of(TestKafka.INPUT, 1L), Map.of("gone", 1L), 0, List.of(), true));
        try (Topics topics = new Topics(kafka.connection())) {
            assertThat(topics.exists("gone")).isFalse();
            topics.createMissing(List.of("gone"), Optional.of(1), 1 << 20);
        }
        assertThat(redrive(null, null)).isEqualTo(new Redrive.Result(Map.of("gone", 1L), Map.of(), 0, List.of(), true));
    }

    @Test
    void letterThatItsTopicDoesNotTakeHoldsUpNoOther() throws Exception {
        try (Topics topics = new Topics(kafka.connection())) {
            topics.createMissing(List.of("narrow"), Optional.of(1), 200);
        }
        die(TestKafka.INPUT, "0", "DAMAGED_IMAGE", "own", "x");
        die("narrow", "0", "DAMAGED_IMAGE", "own", "x".repeat(500));
        die("narrow", "0", "DAMAGED_IMAGE", "own", "x");
        Redrive.Result result = redrive(null, null);
        assertThat(result.sent()).isEqualTo(Map.of(TestKafka.INPUT, 1L, "narrow", 1L));
        assertThat(result.refused())
                .singleElement()
                .asString()
                .startsWith("dead-letters partition 0 offset 1: narrow does not take it: ");
        assertThat(inputs()).hasSize(1);
        assertThat(redrive(null, null).sent()).isEmpty();
    }

    private Redrive.Result redrive(String reason, String topic) {
        Redrive.Selection selection = new Redrive.Selection(Optional.ofNullable(reason), Optional.ofNullable(topic));
        try (Redrive redrive = new Redrive(kafka.connection(), TestKafka.DEAD_LETTERS, selection, 1 << 20)) {
            return redrive.run(seen -> {}, () -> false);
        }
    }

    private void die(String topic, String partition, String reason, String sendersHeader, String sendersValue)
            throws Exception {
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                kafka.connection().clientSettings(), new ByteArraySerializer(), new ByteArraySerializer())) {
            ProducerRecord<byte[], byte[]> letter =
                    new ProducerRecord<>(TestKafka.DEAD_LETTERS, 0, null, "value".getBytes(UTF_8));
            letter.headers().add("own", "kept".getBytes(UTF_8));
            letter.headers().add(sendersHeader, sendersValue == null ? null : sendersValue.getBytes(UTF_8));
            letter.headers().add(DeadLetter.REASON_HEADER, reason.getBytes(UTF_8));
            letter.headers().add(DeadLetter.TOPIC_HEADER, topic.getBytes(UTF_8));
            letter.headers().add(DeadLetter.PARTITION_HEADER, partition.getBytes(UTF_8));
            letter.headers().add(DeadLetter.OFFSET_HEADER, "0".getBytes(UTF_8));
            producer.send(letter).get();
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> inputs() {
        List<ConsumerRecord<byte[], byte[]>> inputs = new ArrayList<>();
        try (CommittedReader reader = new CommittedReader(kafka.connection(), TestKafka.INPUT)) {
            for (int quiet = 0; quiet < 5; quiet++) {
                for (ConsumerRecord<byte[], byte[]> input : reader.poll(Duration.ofMillis(300))) {
                    inputs.add(input);
                }
            }
        }
        return inputs;
    }

    private static String text(Header header) {
        return new String(header.value(), UTF_8);
    }
}
