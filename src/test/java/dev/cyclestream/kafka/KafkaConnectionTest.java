package dev.cyclestream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KafkaConnectionTest {

    @Test
    void describesItselfWithoutPasswords() {
        KafkaConnection connection =
                new KafkaConnection("one:9092,two:9092", "https://user:secret@one:8081,https://user:secret@two:8081");

        assertThat(connection.describe())
                .isEqualTo("brokers one:9092,two:9092, registry https://****@one:8081,https://****@two:8081");
    }

    @Test
    void saysWhatIsNoRegistryWithoutPasswords() {
        assertThatThrownBy(() -> new KafkaConnection("one:9092", "ftp://user:secret@one"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("schema registry: expected a URL such as http://host:8081, found ftp://****@one");
    }
}
