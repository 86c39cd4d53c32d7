package dev.cyclestream.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.kafka.EmbeddedBroker;
import dev.cyclestream.kafka.KafkaConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** Activations that are read while transactions are open. */
@Timeout(40)
class ActivationsTopicIT {

    private static final TopicPartition A0 = new TopicPartition("images.a", 0);
    private static final TopicPartition B0 = new TopicPartition("images.b", 0);
    private static final String ID = "id";
    private static EmbeddedBroker broker;
    private static KafkaConnection connection;

    private String application;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start(Map.of());
        connection = new KafkaConnection(broker.bootstrapServers(), "mock://activations");
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void makeTopics(TestInfo test) {
        application = test.getTestMethod().orElseThrow().getName();
        RolloutTopics.makeMissing(connection, application, 1);
    }

    @Test
    void aTransactionThatHasActivatedAnotherPartitionHoldsNobodyUp() throws Exception {
        try (Producer<byte[], byte[]> producer = producer();
                ActivationsTopic topic = new ActivationsTopic(connection, application)) {
            producer.beginTransaction();
            send(producer, A0, 7, 1);

            assertThat(topic.of(B0, ID).at(Long.MAX_VALUE)).isEmpty(); // by the thread whose transaction is open

            send(producer, B0, 3, 1);
            producer.commitTransaction();
        }
        try (ActivationsTopic topic = new ActivationsTopic(connection, application)) {
            assertThat(topic.of(A0, ID).offsetOf(1)).hasValue(7);
            assertThat(topic.of(B0, ID).offsetOf(1)).hasValue(3);
        }
    }

    @Test
    void whatIsNotDecidedOfThePartitionItselfIsWaitedFor() throws Exception {
        try (Producer<byte[], byte[]> producer = producer();
                ActivationsTopic topic = new ActivationsTopic(connection, application)) {
            producer.beginTransaction();
            send(producer, A0, 7, 1);
            CompletableFuture<Activations> read = CompletableFuture.supplyAsync(() -> topic.of(A0, ID));
            Thread.sleep(Duration.ofSeconds(1).toMillis());
            assertThat(read).isNotDone();

            producer.commitTransaction();

            assertThat(read.get(20, TimeUnit.SECONDS).offsetOf(1)).hasValue(7);
        }
    }

    @Test
    void whatWasTakenBackIsNoActivation() throws Exception {
        try (Producer<byte[], byte[]> producer = producer();
                ActivationsTopic topic = new ActivationsTopic(connection, application)) {
            producer.beginTransaction();
            send(producer, A0, 7, 1);
            producer.abortTransaction();
            producer.beginTransaction();
            send(producer, A0, 9, 1);
            producer.commitTransaction();

            assertThat(topic.of(A0, ID).at(8)).isEmpty();
            assertThat(topic.of(A0, ID).offsetOf(1)).hasValue(9);
        }
    }

    private Producer<byte[], byte[]> producer() {
        Map<String, Object> settings = new HashMap<>(connection.clientSettings());
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, application);
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    private void send(Producer<byte[], byte[]> producer, TopicPartition input, long offset, long split)
            throws Exception {
        Activation activation = new Activation(input.topic(), ID, input.partition(), offset, split);
        producer.send(new ProducerRecord<>(ActivationsTopic.name(application), 0, activation.key(), activation.value()))
                .get();
    }
}
