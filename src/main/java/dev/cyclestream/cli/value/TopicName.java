package dev.cyclestream.cli.value;

/** The name of a topic. */
public record TopicName(String value) {

    private static final int LONGEST = 249;

    public TopicName {
        KafkaName.require(value, LONGEST);
    }

    @Override
    public String toString() {
        return value;
    }
}
