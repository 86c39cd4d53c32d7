package dev.cyclestream.deadletter;

import dev.cyclestream.topic.InputPosition;

/**
 * The offset at which an instance began to work on a partition, written down each time that it gets one.
 *
 * @param offset of the first record that it took in hand
 * @param owner the instance
 */
public record Beginning(long offset, String owner) {

    private static final String PREFIX = "begun ";

    /** Of the partition that this input is in; no topic has a name with a space. */
    public static String key(InputPosition input) {
        return PREFIX + input.partitionKey();
    }

    public static boolean isKey(String key) {
        return key.startsWith(PREFIX);
    }

    /** The topic of such a key. */
    static String topicOfKey(String key) {
        return InputPosition.topicOfPartitionKey(key.substring(PREFIX.length()));
    }

    /** As a record without failures, which older versions pass over. */
    public FailedRecord toRecord() {
        return new FailedRecord(0, "%d %s".formatted(offset, owner));
    }

    public static Beginning of(FailedRecord record) {
        String[] parts = record.trace().split(" ", 2);
        return new Beginning(Long.parseLong(parts[0]), parts[1]);
    }
}
