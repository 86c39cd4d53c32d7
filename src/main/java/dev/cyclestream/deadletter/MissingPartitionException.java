package dev.cyclestream.deadletter;

import org.apache.kafka.common.errors.RetriableException;

/** An input partition whose output partition is yet to be added: its images wait until it is. */
public final class MissingPartitionException extends RetriableException {

    public MissingPartitionException(String input, String output, int partition, int found) {
        super(describe(input, output, partition, found));
    }

    public static String describe(String input, String output, int partition, int found) {
        return "%s partition %d waits for a partition of the same number in %s, which has %d; add some: kafka-topics.sh --alter --topic %s --partitions %d, or as many as %s has"
                .formatted(input, partition, output, found, output, partition + 1, input);
    }
}
