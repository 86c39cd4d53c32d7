package dev.cyclestream.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.kafka.InputTopicIds;
import dev.cyclestream.kafka.InputTopicMadeAnewException;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.stream.StreamSettings;
import dev.cyclestream.topic.InputPosition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is written down of failures, in a real topic. */
@Timeout(120)
class FailuresTopicIT {

    private static final InputPosition INPUT = new InputPosition("images-1", 0, 5);
    private static final String BEGINNING = Beginning.key(INPUT);

    private final Map<String, String> cluster = new HashMap<>(Map.of(INPUT.topic(), "first"));
    private final InputTopicIds ids = new InputTopicIds(topics -> Map.copyOf(cluster), Map.copyOf(cluster));
    private TestKafka kafka;

    @BeforeEach
    void startKafka() throws IOException {
        kafka = TestKafka.start(1);
    }

    @AfterEach
    void stopKafka() {
        kafka.close();
    }

    @Test
    void whatFailedInATopicDoesNotHoldForOneThatIsMadeAnew() {
        FailedRecord failure = FailedRecord.NEVER.failedAgain(new IllegalStateException("once"));
        try (FailuresTopic topic = new FailuresTopic(kafka.connection(), StreamSettings.failuresTopic("test"), ids)) {
            topic.write(Map.of(
                    INPUT.key(), Optional.of(failure), BEGINNING, Optional.of(new Beginning(5, "me").toRecord())));
            assertThat(topic.read().orElseThrow()).containsOnlyKeys(INPUT.key(), BEGINNING);
            makeAnew();
            assertThat(topic.read().orElseThrow()).isEmpty();
            topic.write(Map.of(INPUT.key(), Optional.of(failure)));
            assertThat(topic.read().orElseThrow()).containsOnlyKeys(INPUT.key());
            topic.write(Map.of(INPUT.key(), Optional.empty(), BEGINNING, Optional.empty()));
        }
        try (FailuresTopic another =
                new FailuresTopic(kafka.connection(), StreamSettings.failuresTopic("test"), InputTopicIds.none())) {
            assertThat(another.read().orElseThrow()).isEmpty();
        }
    }

    @Test
    void whatEarlierVersionsWroteNamesNoTopicAndHolds() throws Exception {
        String name = StreamSettings.failuresTopic("test");
        try (Topics topics = new Topics(kafka.connection());
                Producer<byte[], byte[]> producer = new KafkaProducer<>(
                        kafka.connection().clientSettings(), new ByteArraySerializer(), new ByteArraySerializer())) {
            topics.createCompactedIfMissing(name);
            producer.send(new ProducerRecord<>(name, bytes(INPUT.key()), bytes("2\ntrace")))
                    .get();
        }
        try (FailuresTopic topic = new FailuresTopic(kafka.connection(), StreamSettings.failuresTopic("test"), ids)) {
            assertThat(topic.read().orElseThrow()).isEqualTo(Map.of(INPUT.key(), new FailedRecord(2, "trace")));
        }
    }

    private void makeAnew() {
        ids.reading(ids.latest());
        cluster.put(INPUT.topic(), "second");
        assertThatThrownBy(ids::confirm).isInstanceOf(InputTopicMadeAnewException.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
