package dev.cyclestream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cyclestream.inference.ImageTranslator;
import dev.cyclestream.inference.TestTranslator;
import dev.cyclestream.kafka.BrokerUnreachableException;
import dev.cyclestream.kafka.ClientProperties;
import dev.cyclestream.kafka.EmbeddedBroker;
import dev.cyclestream.kafka.KafkaConnection;
import dev.cyclestream.kafka.TestKafka;
import dev.cyclestream.kafka.Topics;
import dev.cyclestream.topic.CollectedImage;
import dev.cyclestream.topic.ImageCollector;
import dev.cyclestream.topic.ImagePublisher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A broker that asks for a password. */
@Timeout(120)
class SecurityIT {

    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";
    private static final Map<String, String> WITH_PASSWORD = Map.of(
            "listener.security.protocol.map", "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
            "inter.broker.listener.name", "PLAINTEXT",
            "sasl.mechanism.inter.broker.protocol", "PLAIN",
            "sasl.enabled.mechanisms", "PLAIN",
            "listener.name.plaintext.plain.sasl.jaas.config",
                    PLAIN + " username=\"broker\" password=\"b\" user_broker=\"b\" user_alice=\"right\";");

    @Test
    void imagesPassABrokerThatAsksForAPassword() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(WITH_PASSWORD)) {
            KafkaConnection connection = connection(broker, "right");
            List<String> names = List.of(TestKafka.INPUT, TestKafka.OUTPUT, TestKafka.DEAD_LETTERS);
            try (Topics topics = new Topics(connection)) {
                topics.createMissing(names, Optional.of(1), 2 * TestKafka.MAX_IMAGE_BYTES);
            }
            try (ImagePublisher publisher =
                    new ImagePublisher(connection, TestKafka.INPUT, TestKafka.MAX_IMAGE_BYTES)) {
                publisher.send(TestImages.event("secured", TestImages.png(1)));
                publisher.flush();
            }
            StreamSettings settings = new StreamSettings(
                    "secured", TestKafka.DEAD_LETTERS, 1, TestKafka.MAX_IMAGE_BYTES, StreamSettings.Tuning.DEFAULT);
            try (ImageTranslator translator = TestTranslator.quick();
                    TranslationApplication application = TranslationApplication.of(
                            List.of(new Route(TestKafka.INPUT, TestKafka.OUTPUT, translator)), settings, connection);
                    ImageCollector collector = new ImageCollector(connection, TestKafka.OUTPUT)) {
                application.start();
                List<CollectedImage> images = new ArrayList<>();
                while (images.isEmpty()) {
                    collector.poll(Duration.ofMillis(100), images::add);
                }
                assertThat(images.get(0).imageId()).isEqualTo("secured");
            }
        }
    }

    @Test
    void wrongPasswordIsSaidPlainly() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(WITH_PASSWORD)) {
            assertThatThrownBy(() -> new Topics(connection(broker, "wrong")).close())
                    .isInstanceOf(BrokerUnreachableException.class)
                    .hasMessageContaining("Authentication failed")
                    .hasMessageNotContaining("wrong");
        }
    }

    private static KafkaConnection connection(EmbeddedBroker broker, String password) {
        ClientProperties properties = ClientProperties.of(Map.of(
                "security.protocol", "SASL_PLAINTEXT",
                "sasl.mechanism", "PLAIN",
                "sasl.jaas.config", PLAIN + " username=\"alice\" password=\"" + password + "\";"));
        return new KafkaConnection(broker.bootstrapServers(), "mock://secured", properties);
    }
}
