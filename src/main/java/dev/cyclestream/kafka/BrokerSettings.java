package dev.cyclestream.kafka;

import java.time.Duration;

/**
 * The settings of the brokers that an instance has to keep to.
 *
 * @param longestTransaction that they grant; their default where nobody may ask them
 * @param partitions of a topic that is made without saying how many
 */
public record BrokerSettings(Duration longestTransaction, int partitions) {

    /** Kafka's own defaults. */
    public static final BrokerSettings DEFAULT = new BrokerSettings(Duration.ofMinutes(15), 1);

    /** Asks all of them. */
    public static BrokerSettings of(KafkaConnection connection) {
        try (Brokers brokers = new Brokers(connection)) {
            return new BrokerSettings(
                    brokers.lowestSetting("transaction.max.timeout.ms")
                            .map(Duration::ofMillis)
                            .orElse(DEFAULT.longestTransaction()),
                    brokers.lowestSetting("num.partitions")
                            .map(Math::toIntExact)
                            .orElse(DEFAULT.partitions()));
        }
    }
}
