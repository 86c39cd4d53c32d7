package dev.cyclestream.stream;

import org.apache.kafka.common.errors.RetriableException;

/** An input partition whose output partition is yet to be added: its images wait until it is. */
final class MissingPartitionException extends RetriableException {

    MissingPartitionException(Route route, int partition, int found) {
        super(describe(route, partition, found));
    }

    static String describe(Route route, int partition, int found) {
        return "%s partition %d waits for a partition of the same number in %s, which has %d; add some: kafka-topics.sh --alter --topic %s --partitions %d, or as many as %s has"
                .formatted(
                        route.inputTopic(),
                        partition,
                        route.outputTopic(),
                        found,
                        route.outputTopic(),
                        partition + 1,
                        route.inputTopic());
    }
}
