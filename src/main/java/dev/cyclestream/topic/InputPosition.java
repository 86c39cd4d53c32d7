package dev.cyclestream.topic;

import org.apache.kafka.streams.errors.ErrorHandlerContext;

/** The position of an input; the same for every instance that ever reads it. */
public record InputPosition(String topic, int partition, long offset) {

    public static InputPosition of(ErrorHandlerContext source) {
        return new InputPosition(source.topic(), source.partition(), source.offset());
    }

    /** As a key of a record. */
    public String key() {
        return partitionKey() + "-" + offset;
    }

    /** The topic of a key. */
    public static String topicOfKey(String key) {
        return key.replaceFirst("-[0-9]+-[0-9]+$", "");
    }

    /** The topic of a partition's key. */
    public static String topicOfPartitionKey(String key) {
        return key.replaceFirst("-[0-9]+$", "");
    }

    /** The same for all inputs of its partition. */
    public String partitionKey() {
        return topic + "-" + partition;
    }

    @Override
    public String toString() {
        return "%s partition %d offset %d".formatted(topic, partition, offset);
    }
}
