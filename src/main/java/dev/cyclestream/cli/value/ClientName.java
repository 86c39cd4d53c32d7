package dev.cyclestream.cli.value;

/**
 * The name of an application or an instance. Kafka Streams makes names of groups, of transactions and of its clients from
 * it, and appends to it.
 */
public record ClientName(String value) {

    private static final int LONGEST = 200;

    public ClientName {
        KafkaName.require(value, LONGEST);
    }

    @Override
    public String toString() {
        return value;
    }
}
